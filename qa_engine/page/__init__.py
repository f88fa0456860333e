"""The page, part by part: five views in Streamlit, and what they show as HTML."""
