"""How long a password is at least, said in the reader's language: Django's own sentence has no Chinese in its catalogue."""

from django.contrib.auth.password_validation import MinimumLengthValidator

from qingqun.i18n import _


class LongEnough(MinimumLengthValidator):
    """As Django's, in the house's words."""

    def get_error_message(self) -> str:
        """Return what is wrong and what to do."""
        return _("密码太短，至少要 {n} 位；可以把几个词连起来写").format(n=self.min_length)

    def get_help_text(self) -> str:
        """Return what is asked for."""
        return _("密码至少 {n} 位").format(n=self.min_length)
