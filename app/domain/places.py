"""Where a book lies: on a disk of this computer, in a folder that a cloud copies, on a share, or on a stick (P12).

Told from the path, the environment and the mounted file systems alone; whoever asks gathers those.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath, PurePosixPath, PureWindowsPath


class PlaceKind(StrEnum):
    """What kind of place a folder is."""

    LOCAL = "local"
    CLOUD = "cloud"
    NETWORK = "network"
    REMOVABLE = "removable"


@dataclass(frozen=True, slots=True)
class Place:
    """A place and whose it is: the name of the cloud, or how the share is reached."""

    kind: PlaceKind = PlaceKind.LOCAL
    name: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What this computer says of its folders.

    `mounts`: the kind of file system by mount point. `clouds`: the cloud's name by a folder that it says is its own.
    """

    home: str = ""
    environment: Mapping[str, str] | None = None
    mounts: Mapping[str, str] | None = None
    clouds: Mapping[str, str] | None = None


LOCAL = Place()
_BY_ENVIRONMENT = {"OneDrive": "OneDrive", "OneDriveCommercial": "OneDrive", "OneDriveConsumer": "OneDrive"}
# Whole names of folders, anywhere in a path.
_BY_NAME = (
    (re.compile(r"onedrive( ?-.+)?"), "OneDrive"),
    (re.compile(r"dropbox( \(.+\))?"), "Dropbox"),
    (re.compile(r"mobile documents|com~apple~clouddocs|icloud ?drive"), "iCloud Drive"),
    (re.compile(r"google ?drive( ?-.+)?"), "Google Drive"),
    (re.compile(r"box sync|box-box"), "Box"),
    (re.compile(r"nextcloud\d*"), "Nextcloud"),
    (re.compile(r"owncloud"), "ownCloud"),
    (re.compile(r"pclouddrive|pcloud drive"), "pCloud"),
    (re.compile(r"megasync|mega downloads"), "MEGA"),
    (re.compile(r"protondrive.*|proton drive"), "Proton Drive"),
    (re.compile(r"synologydrive"), "Synology Drive"),
    (re.compile(r"kdrive"), "kDrive"),
)
# Names that may mean anything, unless they stand right in a person's own folder.
_AT_HOME = {"box": "Box", "mega": "MEGA", "seafile": "Seafile", "tresorit": "Tresorit"}
_CLOUD_SYSTEMS = {"rclone": "rclone", "google-drive-ocamlfuse": "Google Drive", "onedriver": "OneDrive"}
_NETWORK_SYSTEMS = {
    "nfs": "NFS", "nfs4": "NFS", "cifs": "SMB", "smb3": "SMB", "smbfs": "SMB", "afpfs": "AFP", "sshfs": "SSH",
    "davfs": "WebDAV", "davfs2": "WebDAV", "webdav": "WebDAV", "afs": "AFS", "ceph": "Ceph", "glusterfs": "Gluster",
    "ncpfs": "NetWare", "remote": "",
}  # fmt: skip
_REMOVABLE_SYSTEMS = frozenset({"exfat", "removable"})
_REMOVABLE_AT = ("/media", "/run/media", "/Volumes")
_GVFS = re.compile(r"(smb-share|sftp|dav|davs|afp-volume|nfs|ftp|google-drive|onedrive):.+", re.IGNORECASE)


def place_of(folder: str, around: Surroundings) -> Place:
    """Tell what kind of place a folder is."""
    path = _pure(folder)
    if isinstance(path, PureWindowsPath) and path.drive.startswith("\\\\"):
        return Place(PlaceKind.NETWORK, "SMB")
    return _cloud(path, around) or _by_system(path, around.mounts or {}) or LOCAL


def _cloud(path: PurePath, around: Surroundings) -> Place | None:
    environment = around.environment or {}
    own = {environment.get(name, ""): cloud for name, cloud in _BY_ENVIRONMENT.items()}
    for folder, cloud in {**own, **(around.clouds or {})}.items():
        if folder and path.is_relative_to(_pure(folder)):
            return Place(PlaceKind.CLOUD, cloud)
    for part in path.parts:
        for pattern, cloud in _BY_NAME:
            if pattern.fullmatch(part.lower()):
                return Place(PlaceKind.CLOUD, cloud)
    home = _pure(around.home) if around.home else None
    if home and path.is_relative_to(home) and path != home:
        cloud = _AT_HOME.get(path.relative_to(home).parts[0].lower(), "")
        if cloud:
            return Place(PlaceKind.CLOUD, cloud)
    # Google Drive's own letter on Windows.
    if isinstance(path, PureWindowsPath) and path.parts[1:2] in {("My Drive",), ("Shared drives",)}:
        return Place(PlaceKind.CLOUD, "Google Drive")
    return None


def _by_system(path: PurePath, mounts: Mapping[str, str]) -> Place | None:
    for part in path.parts:
        found = _GVFS.fullmatch(part)
        if found and "gvfs" in path.parts:
            kind = PlaceKind.CLOUD if "drive" in found[1].lower() else PlaceKind.NETWORK
            return Place(kind, found[1].split("-")[0].upper() if kind is PlaceKind.NETWORK else "")
    around = [point for point in mounts if path.is_relative_to(_pure(point))]
    point = max(around, key=lambda point: len(_pure(point).parts), default="")
    system = mounts.get(point, "").lower().removeprefix("fuse.").removeprefix("fuse3.")
    if system in _CLOUD_SYSTEMS:
        return Place(PlaceKind.CLOUD, _CLOUD_SYSTEMS[system])
    if system in _NETWORK_SYSTEMS:
        return Place(PlaceKind.NETWORK, _NETWORK_SYSTEMS[system])
    if system in _REMOVABLE_SYSTEMS or any(_under(point or str(path), top) for top in _REMOVABLE_AT):
        return Place(PlaceKind.REMOVABLE)
    return None


def _under(point: str, top: str) -> bool:
    path = _pure(point)
    return path.is_relative_to(top) and path != _pure(top)


def _pure(path: str) -> PurePath:
    windows = "\\" in path or re.match(r"[A-Za-z]:", path) is not None
    return PureWindowsPath(path) if windows else PurePosixPath(path)


_CONFLICTED = re.compile(
    r"conflicted copy|in conflict|sync-conflict|case conflict|\(conflict|_conflict-|konflikt|conflit|en conflicto",
    re.IGNORECASE,
)
# OneDrive adds the name of the computer.
_COMPUTER = re.compile(r"-(DESKTOP|LAPTOP|PC|WIN|MACBOOK|IMAC)[-A-Z0-9]*( \d+)?", re.IGNORECASE)


def conflicted_copies(book: str, beside: Iterable[str], host: str = "") -> list[str]:
    """Name the files beside a book that a sync program made where two computers had changed it."""
    stem, suffix = PurePosixPath(book).stem, PurePosixPath(book).suffix
    found = []
    for name in beside:
        other = PurePosixPath(name)
        added = other.stem.removeprefix(stem)
        if name == book or added == other.stem or other.suffix != suffix:
            continue
        if _CONFLICTED.search(added) or _COMPUTER.fullmatch(added) or (host and added.lower() == f"-{host.lower()}"):
            found.append(name)
    return sorted(found)
