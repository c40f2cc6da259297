"""Sign-ins of more than 400 days ago may go from the log of accounts; everything else stays, and nothing is changed."""

from django.db import migrations

FORWARD = """
DROP TRIGGER accounts_accountevent_append_only ON accounts_accountevent;
CREATE TRIGGER accounts_accountevent_append_only BEFORE UPDATE ON accounts_accountevent
FOR EACH ROW EXECUTE FUNCTION articles_append_only();
CREATE TRIGGER accounts_accountevent_kept BEFORE DELETE ON accounts_accountevent
FOR EACH ROW WHEN (
    OLD.at > now() - interval '400 days' OR OLD.verb NOT IN
    ('signed_in', 'sign_in_failed', 'code_failed', 'confirmation_failed', 'locked_out', 'lifted_lock')
) EXECUTE FUNCTION articles_append_only();
"""

BACKWARD = """
DROP TRIGGER accounts_accountevent_kept ON accounts_accountevent;
DROP TRIGGER accounts_accountevent_append_only ON accounts_accountevent;
CREATE TRIGGER accounts_accountevent_append_only BEFORE UPDATE OR DELETE ON accounts_accountevent
FOR EACH ROW EXECUTE FUNCTION articles_append_only();
"""


class Migration(migrations.Migration):
    dependencies = (("accounts", "0003_roles"),)
    operations = (migrations.RunSQL(FORWARD, BACKWARD),)
