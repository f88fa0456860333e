"""The folder that fetched meetings are kept in: one JSON file each, in the portal's own shape.

There is no ledger beside the files: each holds what the list told of its meeting when it was
fetched, so a run that was stopped at any moment goes on where it was.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from filelock import FileLock, Timeout

from indexer.errors import PortalError
from indexer.portal.links import attachment_link, item_link, meeting_link
from indexer.portal.shapes import Attachment, Item, Listed, Published, read_published

# The portal's ids are GUIDs; whatever else it sends must not name a file outside the folder.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_SUFFIX = ".json"
_HALF = ".half"


class Folder:
    """The meetings of one portal in a folder; meetings of others in it are left alone."""

    def __init__(self, path: Path, portal: str) -> None:
        """Name the folder and the portal, as "https://host"."""
        self._path = path
        self._portal = portal
        self.held: dict[str, Listed] = {}

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Hold the folder for as long as meetings are kept and removed; it is made if missing.

        Raises:
            PortalError: Another process is fetching into it.
        """
        self._path.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self._path / ".fetch.lock", timeout=0):
                for half in self._path.glob(f".*{_HALF}"):
                    half.unlink(missing_ok=True)  # of a run that was killed
                self.held = dict(self._read_held())
                yield
        except Timeout:
            reason = "another 'punktvis fetch' is writing here; wait for it to finish"
            raise PortalError(str(self._path), reason) from None

    def file_of(self, meeting: str) -> Path:
        """Name the file of a meeting.

        Raises:
            PortalError: The id cannot be a file's name, or the file is not of this portal.
        """
        if not _NAME.fullmatch(meeting):
            raise PortalError(meeting, "its id is none that the portal gives; it is not fetched")
        file = self._path / f"{meeting.lower()}{_SUFFIX}"
        if meeting.lower() not in self.held and _is_json(file):
            reason = f"{file} is there and not of this portal; use another folder with --into"
            raise PortalError(meeting, reason)
        return file

    def keep(self, published: Published) -> bool:
        """Write a meeting in place of what its file held; tell whether that was anything else."""
        file = self.file_of(published.listed.id)
        form = json.dumps(_form(published, self._portal), ensure_ascii=False, indent=1) + "\n"
        self.held[published.listed.id.lower()] = published.listed
        if file.exists() and file.read_bytes() == form.encode():
            return False
        half = self._path / f".{file.name}{_HALF}"
        try:
            half.write_bytes(form.encode())
            os.replace(half, file)
        finally:
            half.unlink(missing_ok=True)
        return True

    def remove(self, meeting: str) -> None:
        """Take a meeting out."""
        self.file_of(meeting).unlink(missing_ok=True)
        self.held.pop(meeting.lower(), None)

    def _read_held(self) -> Iterator[tuple[str, Listed]]:
        for file in self._path.glob(f"*{_SUFFIX}"):
            published = _read(file)
            if published and published.portal and _host(published.portal) == _host(self._portal):
                id_ = published.listed.id.lower()
                if file.stem == id_:
                    yield id_, published.listed


def _read(file: Path) -> Published | None:
    try:
        return read_published(json.loads(file.read_bytes()))
    except (OSError, ValueError, RecursionError):
        return None


def _is_json(file: Path) -> bool:
    """Tell someone's file from none, and from a damaged one, which is fetched again."""
    try:
        json.loads(file.read_bytes())
    except (FileNotFoundError, ValueError, RecursionError):
        return False
    return True


def _host(portal: str) -> str:
    return urlsplit(portal).netloc


def _form(published: Published, portal: str) -> dict[str, object]:
    listed = published.listed
    return {
        "Portal": portal,
        "Link": meeting_link(portal, listed.id),
        "Id": listed.id,
        "Udvalg": {"Navn": listed.committee},
        "Moede": {
            "Navn": listed.name,
            "Dato": listed.starts,
            "Sted": listed.place,
            "ReleasedDate": listed.released,
            "Afsluttet": listed.finished,
            "IsSupplementaryAgenda": listed.supplementary,
            "Moededeltagere": published.participants,
        },
        "Dagsordenpunkter": [_item_form(item, listed.id, portal) for item in published.items],
    }


def _item_form(item: Item, meeting: str, portal: str) -> dict[str, object]:
    return {
        "Id": item.id,
        "Link": item_link(portal, meeting, item.id),
        "Punktnummer": item.number,
        "Navn": item.title,
        "SagsNummer": item.case_number,
        "IsOpen": item.is_open,
        "Felter": [{"Navn": f.name, "Html": f.html, "Tekst": f.text} for f in item.fields],
        "Bilag": [_attachment_form(attachment, portal) for attachment in item.attachments],
    }


def _attachment_form(attachment: Attachment, portal: str) -> dict[str, object]:
    link = attachment_link(portal, attachment.id) if attachment.id else None
    return {"Id": attachment.id, "Navn": attachment.name, "Link": link}
