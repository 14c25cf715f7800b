"""What an audience may name besides units: roles, topics and projects, with who belongs to them."""

from django.db import models

from qingqun.hub.models.person import Person
from qingqun.hub.models.states import Stance, choices
from qingqun.hub.models.unit import Unit


class Role(models.Model):
    """A function many hold: 网格员, 支部书记."""

    name = models.CharField(max_length=80, unique=True)
    members = models.ManyToManyField(Person, through="RoleMember", related_name="roles")


class RoleMember(models.Model):
    role = models.ForeignKey(Role, models.CASCADE)
    person = models.ForeignKey(Person, models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "person"], name="a_role_once")]


class Topic(models.Model):
    """What people follow or mute. A mandatory one cannot be muted, and says so."""

    name = models.CharField(max_length=80, unique=True)
    mandatory = models.BooleanField(default=False)


class TopicMember(models.Model):
    topic = models.ForeignKey(Topic, models.CASCADE)
    person = models.ForeignKey(Person, models.CASCADE)
    stance = models.CharField(max_length=6, choices=choices(Stance), default=Stance.FOLLOW)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "person"], name="one_stance_a_topic")]


class Project(models.Model):
    """A task with an end."""

    name = models.CharField(max_length=120)
    unit = models.ForeignKey(Unit, models.PROTECT)
    ends = models.DateField(null=True, blank=True)
    members = models.ManyToManyField(Person, through="ProjectMember", related_name="projects")


class ProjectMember(models.Model):
    project = models.ForeignKey(Project, models.CASCADE)
    person = models.ForeignKey(Person, models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "person"], name="a_project_once")]
