"""Places a book may lie in, told from path, environment and file system (RELIABILITY P12)."""

import pytest

from app.domain.places import LOCAL, Place, PlaceKind, Surroundings, conflicted_copies, place_of

LINUX = Surroundings(
    home="/home/anna",
    mounts={
        "/": "ext4",
        "/home": "ext4",
        "/srv/files": "nfs4",
        "/mnt/nas": "cifs",
        "/mnt/far": "fuse.sshfs",
        "/mnt/dav": "fuse.davfs2",
        "/mnt/remote": "fuse.rclone",
        "/media/anna/STICK": "vfat",
        "/run/media/anna/Disk": "ext4",
        "/mnt/card": "exfat",
        "/boot/efi": "vfat",
    },
    clouds={"/home/anna/Firm Files": "Dropbox"},
)
WINDOWS = Surroundings(
    home="C:\\Users\\anna",
    environment={"OneDrive": "C:\\Users\\anna\\Cloud", "OneDriveCommercial": "D:\\Work", "PATH": "C:\\Windows"},
    mounts={"Z:\\": "remote", "E:\\": "removable"},
    clouds={"D:\\My Dropbox": "Dropbox"},
)
MAC = Surroundings(home="/Users/anna")
CLOUD, NETWORK, REMOVABLE = PlaceKind.CLOUD, PlaceKind.NETWORK, PlaceKind.REMOVABLE

PLACES: list[tuple[str, Surroundings, Place]] = [
    # Clouds
    ("/home/anna/OneDrive", LINUX, Place(CLOUD, "OneDrive")),
    ("C:\\Users\\anna\\OneDrive - Firm\\Clients", WINDOWS, Place(CLOUD, "OneDrive")),
    ("/Users/anna/Library/CloudStorage/OneDrive-Firm", MAC, Place(CLOUD, "OneDrive")),
    ("C:\\Users\\anna\\Cloud\\books", WINDOWS, Place(CLOUD, "OneDrive")),
    ("d:\\work", WINDOWS, Place(CLOUD, "OneDrive")),
    ("/home/anna/Dropbox/books", LINUX, Place(CLOUD, "Dropbox")),
    ("/home/anna/Dropbox (Firm)/books", LINUX, Place(CLOUD, "Dropbox")),
    ("/home/anna/Firm Files/books", LINUX, Place(CLOUD, "Dropbox")),
    ("D:\\My Dropbox\\books", WINDOWS, Place(CLOUD, "Dropbox")),
    ("/Users/anna/Library/Mobile Documents/com~apple~CloudDocs/Firm", MAC, Place(CLOUD, "iCloud Drive")),
    ("C:\\Users\\anna\\iCloudDrive", WINDOWS, Place(CLOUD, "iCloud Drive")),
    ("/Users/anna/Library/CloudStorage/GoogleDrive-anna@firm.example/My Drive", MAC, Place(CLOUD, "Google Drive")),
    ("G:\\My Drive\\Firm", WINDOWS, Place(CLOUD, "Google Drive")),
    ("/home/anna/Google Drive", LINUX, Place(CLOUD, "Google Drive")),
    ("/home/anna/Nextcloud/books", LINUX, Place(CLOUD, "Nextcloud")),
    ("/home/anna/Box/books", LINUX, Place(CLOUD, "Box")),
    ("/mnt/remote/books", LINUX, Place(CLOUD, "rclone")),
    # Shares
    ("\\\\server\\share\\books", WINDOWS, Place(NETWORK, "SMB")),
    ("Z:\\books", WINDOWS, Place(NETWORK)),
    ("/mnt/nas/books", LINUX, Place(NETWORK, "SMB")),
    ("/srv/files", LINUX, Place(NETWORK, "NFS")),
    ("/mnt/far/books", LINUX, Place(NETWORK, "SSH")),
    ("/mnt/dav", LINUX, Place(NETWORK, "WebDAV")),
    ("/run/user/1000/gvfs/smb-share:server=nas,share=firm", LINUX, Place(NETWORK, "SMB")),
    ("/run/user/1000/gvfs/google-drive:host=gmail.com,user=anna/x", LINUX, Place(CLOUD)),
    # Sticks and disks that can be taken out
    ("/media/anna/STICK", LINUX, Place(REMOVABLE)),
    ("/run/media/anna/Disk/books", LINUX, Place(REMOVABLE)),
    ("/mnt/card/books", LINUX, Place(REMOVABLE)),
    ("E:\\books", WINDOWS, Place(REMOVABLE)),
    ("/Volumes/STICK/books", MAC, Place(REMOVABLE)),
    # No false alarm
    ("/home/anna/Boxes", LINUX, LOCAL),
    ("/home/anna/projects/Box", LINUX, LOCAL),
    ("/home/anna/Dropbox archive", LINUX, LOCAL),
    ("/home/anna/OneDrives", LINUX, LOCAL),
    ("/home/anna/Google Drive export/x", LINUX, LOCAL),
    ("/srv/files-old", LINUX, LOCAL),
    ("/media", LINUX, LOCAL),
    ("/boot/efi", LINUX, LOCAL),
    ("C:\\Users\\anna\\Documents", WINDOWS, LOCAL),
    ("C:\\My Drives", WINDOWS, LOCAL),
    ("/Users/anna/Documents", MAC, LOCAL),
    ("/home/anna/smb-share:server=nas", LINUX, LOCAL),
    ("/", Surroundings(), LOCAL),
]


@pytest.mark.parametrize(("folder", "around", "expected"), PLACES, ids=[folder for folder, _, _ in PLACES])
def test_a_place_is_told_for_what_it_is(folder: str, around: Surroundings, expected: Place) -> None:
    assert place_of(folder, around) == expected


CONFLICTED = (
    "firm (conflicted copy 2026-11-01).rapport",
    "firm (Anna's conflicted copy 2026-11-01).rapport",
    "firm (PC2's conflicted copy).rapport",
    "firm.sync-conflict-20261101-101500-ABCDEF1.rapport",
    "firm_conflict-20261101-101500.rapport",
    "firm-DESKTOP-8K2L1.rapport",
    "firm-PC2.rapport",
    "firm-annas-laptop.rapport",
    "firm (Annas in Konflikt stehende Kopie).rapport",
)
INNOCENT = (
    "firm.rapport",
    "firm 2.rapport",
    "firm-2025.rapport",
    "firm 2026-11-01 0914.rapport",
    "firm-north.rapport",
    "firm.damaged-1.rapport",
    "other (conflicted copy).rapport",
    "firm (conflicted copy).xlsx",
    "firm rescued.rapport",
    ".firm.rapport.lock",
)


def test_copies_that_a_sync_program_made_are_named_and_no_others() -> None:
    assert conflicted_copies("firm.rapport", (*INNOCENT, *CONFLICTED), host="annas-laptop") == sorted(CONFLICTED)
