"""Forms that were taken: the same one-time key is never taken twice."""

from django.db import models


class SubmittedForm(models.Model):
    """One submission. `redirect_to` is where the first post led; a repeated one leads there too."""

    key = models.UUIDField(primary_key=True)
    redirect_to = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["created_at"], name="content_submittedform_age")]

    def __str__(self):
        return str(self.key)
