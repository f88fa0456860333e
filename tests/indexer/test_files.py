import os
import sys
from pathlib import Path

import pytest

from indexer import files
from indexer.errors import DocumentError
from indexer.files import File, Found, find_files
from indexer.pages import SUFFIXES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "minutes"
    folder.mkdir()
    return folder


def write(*paths: Path) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("referat")


def sources(found: Found) -> list[str]:
    return [file.source for file in found.files]


def reasons(found: Found) -> dict[str, str]:
    return {skipped.source: skipped.reason for skipped in found.skipped}


def test_a_folder_gives_its_files_in_order_with_their_path_in_it_as_source(folder: Path) -> None:
    names = ["b.TXT", "a/2.txt", "a/1.md", "c.markdown", "Æ/d.md"]
    write(*(folder / name for name in names))

    found = find_files([folder])

    assert sources(found) == ["a/1.md", "a/2.txt", "b.TXT", "c.markdown", "Æ/d.md"]
    assert found.files[0] == File(folder / "a/1.md", "a/1.md", str(folder))
    assert found.skipped == []


def test_every_kind_that_can_be_read_is_collected(folder: Path) -> None:
    write(*(folder / f"a{suffix}" for suffix in SUFFIXES))

    assert set(sources(find_files([folder]))) == {f"a{suffix}" for suffix in SUFFIXES}


def test_hidden_files_and_other_kinds_are_passed_over(folder: Path) -> None:
    names = [".a.txt", ".git/b.txt", "c.docx", "d", "e.txt", "f.txt/g.txt"]
    write(*(folder / name for name in names))

    assert sources(find_files([folder])) == ["e.txt", "f.txt/g.txt"]


def test_files_about_a_folder_are_passed_over_unless_they_are_named(folder: Path) -> None:
    write(*(folder / name for name in ("README.md", "Sources.md", "LICENSE.txt", "a.txt")))
    write(folder / "b/readme.pdf")

    assert sources(find_files([folder])) == ["a.txt", "b/readme.pdf"]
    assert sources(find_files([folder / "README.md"])) == ["README.md"]


def test_a_folder_marked_so_is_passed_over_unless_it_is_named(folder: Path) -> None:
    write(folder / "a.txt", folder / "b/.noindex", folder / "b/c.txt", folder / "b/d/e.txt")

    found = find_files([folder])

    assert sources(found) == ["a.txt"]
    assert found.lacks(str(folder), "b/c.txt"), "what was indexed before is taken out"
    assert sources(find_files([folder / "b"])) == ["c.txt", "d/e.txt"]


def test_a_single_file_is_known_by_its_name(folder: Path) -> None:
    write(folder / "a/1.txt")

    assert find_files([folder / "a/1.txt"]).files == [
        File(folder / "a/1.txt", "1.txt", str(folder / "a"))
    ]


def test_a_relative_path_has_an_absolute_root(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder / "1.txt")
    monkeypatch.chdir(folder)

    for path in (Path("."), Path("1.txt"), Path("../minutes")):
        (file,) = find_files([path]).files
        assert (file.source, file.root) == ("1.txt", str(folder))


def test_a_single_file_of_another_kind_is_skipped(folder: Path) -> None:
    write(folder / "a.docx")

    found = find_files([folder / "a.docx"])

    assert found.files == []
    assert "this kind of file is not read; convert it" in reasons(found)["a.docx"]


def test_what_cannot_be_found_is_an_error(folder: Path) -> None:
    with pytest.raises(DocumentError, match="name files or folders"):
        find_files([])
    with pytest.raises(DocumentError, match=r"minutes/none\.pdf: there is no such file or folder"):
        find_files([folder / "none.pdf"])
    with pytest.raises(DocumentError, match=r"minutes: the folder holds nothing to read; put \."):
        find_files([folder])


def test_a_file_that_is_reached_twice_is_taken_once(folder: Path) -> None:
    write(folder / "a/1.txt")

    found = find_files([folder, folder / "a", folder / "a/1.txt", folder])

    assert sources(found) == ["a/1.txt"]
    assert found.skipped == []


def test_of_two_files_with_one_source_the_second_is_skipped(folder: Path) -> None:
    write(folder / "varde/1.txt", folder / "kolding/1.txt")

    found = find_files([folder / "varde", folder / "kolding"])

    assert [file.path for file in found.files] == [folder / "varde/1.txt"]
    assert f"the name is taken by {folder}/varde/1.txt; rename" in reasons(found)["1.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_no_link_leads_out_of_the_folder(folder: Path, tmp_path: Path) -> None:
    write(folder / "a.txt", tmp_path / "secret/b.txt")
    (folder / "inside.txt").symlink_to(folder / "a.txt")
    (folder / "out.txt").symlink_to(tmp_path / "secret/b.txt")
    (folder / "up.txt").symlink_to("../secret/b.txt")
    (folder / "secret").symlink_to(tmp_path / "secret")
    (folder / "nowhere.txt").symlink_to(folder / "none.txt")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")

    found = find_files([folder])

    assert sources(found) == ["a.txt"]
    assert reasons(found).keys() == {"loop.txt", "nowhere.txt", "out.txt", "up.txt"}
    assert (
        reasons(found)["out.txt"] == "it is a link out of the folder; index the file it points to"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_that_is_given_itself_is_followed(folder: Path, tmp_path: Path) -> None:
    write(folder / "a.txt")
    (tmp_path / "link").symlink_to(folder)
    (tmp_path / "other.txt").symlink_to(folder / "a.txt")

    assert find_files([tmp_path / "link"]).files[0].root == str(folder)
    assert sources(find_files([tmp_path / "other.txt"])) == ["other.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes there")
def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")

    assert "it is not a file" in reasons(find_files([folder]))["pipe.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="names are Unicode there")
def test_a_name_in_another_encoding_is_skipped_in_printable_form(folder: Path) -> None:
    write(folder / os.fsdecode("r\xf8dding.txt".encode("latin-1")))

    assert reasons(find_files([folder])) == {
        "r?dding.txt": "its name is not valid Unicode; rename it"
    }


def test_a_source_is_lacking_only_where_its_whole_folder_was_searched(folder: Path) -> None:
    write(folder / "a.txt", folder / "b/c.txt")
    searched, other = str(folder), str(folder / "b")

    found = find_files([folder, folder / "b/c.txt"])

    assert found.lacks(searched, "gone.txt")
    assert not found.lacks(searched, "a.txt")
    assert not found.lacks(other, "gone.txt")
    assert not found.lacks(None, "gone.txt")


@pytest.mark.parametrize("closed", ["b", "."])
def test_nothing_is_lacking_in_a_folder_that_cannot_be_listed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, closed: str
) -> None:
    write(folder / "a.txt")

    def walk(top: Path, onerror: object) -> object:
        assert callable(onerror)
        onerror(PermissionError(13, "Permission denied", str(folder / closed)))
        return real_walk(top)

    real_walk = files.os.walk
    monkeypatch.setattr(files.os, "walk", walk)
    found = find_files([folder])

    assert reasons(found) == {
        closed: "the folder cannot be listed (Permission denied); check its rights"
    }
    assert sources(found) == ["a.txt"]
    assert not found.lacks(str(folder), "b/c.txt")
    assert found.lacks(str(folder), "gone.txt") == (closed == "b")
