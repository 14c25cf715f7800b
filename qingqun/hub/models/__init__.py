"""The nouns of the hub, one file each."""

from qingqun.hub.models.absence import Leave, Shift
from qingqun.hub.models.complaint import Complaint
from qingqun.hub.models.delivery import Attempt, Delivery, Door, Hold, Receipt
from qingqun.hub.models.duty import DutyList, DutyTurn
from qingqun.hub.models.group import Project, ProjectMember, Role, RoleMember, Topic, TopicMember
from qingqun.hub.models.keeping import Bucket, Credential, Pass, Setting, Worker
from qingqun.hub.models.ledger import Entry, Seal
from qingqun.hub.models.notice import Attachment, Draft, Notice, Revision, Template
from qingqun.hub.models.pacing import Digest, Pace, Told
from qingqun.hub.models.person import Contact, Person, Power, User
from qingqun.hub.models.platform import Chatroom, Department, Heard, Identity, Reading
from qingqun.hub.models.reach import Feed, Hook, Post, Token
from qingqun.hub.models.sought import Sought
from qingqun.hub.models.standin import Standin
from qingqun.hub.models.states import Confirm, Importance, Job, Lane, Means, Posting, Right, Ring, Stance, State
from qingqun.hub.models.tally import Tally
from qingqun.hub.models.unit import Unit
from qingqun.hub.models.worktime import WorkTime

__all__ = [
    "Attachment",
    "Attempt",
    "Bucket",
    "Chatroom",
    "Complaint",
    "Confirm",
    "Contact",
    "Credential",
    "Delivery",
    "Department",
    "Digest",
    "Door",
    "Draft",
    "DutyList",
    "DutyTurn",
    "Entry",
    "Feed",
    "Heard",
    "Hold",
    "Hook",
    "Identity",
    "Importance",
    "Job",
    "Lane",
    "Leave",
    "Means",
    "Notice",
    "Pace",
    "Pass",
    "Person",
    "Post",
    "Posting",
    "Power",
    "Project",
    "ProjectMember",
    "Reading",
    "Receipt",
    "Revision",
    "Right",
    "Ring",
    "Role",
    "RoleMember",
    "Seal",
    "Setting",
    "Shift",
    "Sought",
    "Stance",
    "Standin",
    "State",
    "Tally",
    "Template",
    "Token",
    "Told",
    "Topic",
    "TopicMember",
    "Unit",
    "User",
    "WorkTime",
    "Worker",
]
