"""Files uploaded in Slack's three steps: ask for an address, post the bytes there, complete the upload."""

from dataclasses import dataclass, field

from sandbox.shapes import Json


@dataclass
class StoredFile:
    """One file. ``content`` is None until the bytes have come."""

    id: str
    team_id: str
    user: str
    name: str
    length: int
    ticket: str
    alt_text: str = ""
    title: str = ""
    content: bytes | None = None
    completed: bool = False
    channels: list[str] = field(default_factory=list)
    created: int = 0

    def as_slack(self, base_url: str) -> Json:
        """The file object of files.info."""
        ending = self.name.rpartition(".")[2].lower() if "." in self.name else "text"
        return {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": {"png": "image/png", "jpg": "image/jpeg", "csv": "text/csv"}.get(ending, "text/plain"),
            "filetype": ending,
            "pretty_type": ending.upper(),
            "user": self.user,
            "user_team": self.team_id,
            "size": len(self.content or b""),
            "mode": "hosted",
            "is_external": False,
            "is_public": True,
            "alt_txt": self.alt_text,
            "url_private": f"{base_url}/files/{self.id}/{self.name}",
            "url_private_download": f"{base_url}/files/{self.id}/{self.name}?download=1",
            "permalink": f"{base_url}/files/{self.id}/{self.name}",
            "channels": list(self.channels),
            "groups": [],
            "ims": [],
            "has_rich_preview": False,
        }


class FileCabinet:
    """All files, by id and by upload ticket."""

    def __init__(self) -> None:
        self.files: dict[str, StoredFile] = {}

    def by_ticket(self, ticket: str) -> StoredFile | None:
        """The file that was announced with this ticket."""
        return next((file for file in self.files.values() if file.ticket == ticket), None)
