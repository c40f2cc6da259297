"""The log of accounts writes itself, and is append-only.

Whatever changes an account, a role or a second factor — the admin, a command, the shell, another program — is written
down in the same transaction. Who it was stands in newsroom.acting (newsroom/accounts/acting.py), empty outside the admin.
"""

from django.db import migrations

WRITE = """
CREATE FUNCTION accounts_write(verb text, person bigint, name text, detail text DEFAULT '') RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    acting bigint := nullif(current_setting('newsroom.acting', true), '')::bigint;
BEGIN
    INSERT INTO accounts_accountevent (verb, person, name, detail, by, by_name)
    VALUES (verb, person, coalesce(name, ''), left(coalesce(detail, ''), 500), acting,
        coalesce((SELECT username FROM auth_user WHERE id = acting), ''));
END $$;
"""

ACCOUNTS = """
CREATE FUNCTION accounts_yes(value boolean) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN value THEN 'yes' ELSE 'no' END $$;

CREATE FUNCTION accounts_of_user() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed text;
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM accounts_write('made_account', NEW.id, NEW.username, concat_ws('; ',
            CASE WHEN NEW.is_staff THEN 'works at the desk' END,
            CASE WHEN NEW.is_superuser THEN 'looks after the newsroom' END));
        RETURN NULL;
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM accounts_write('deleted_account', OLD.id, OLD.username);
        RETURN NULL;
    END IF;
    IF NEW.password IS DISTINCT FROM OLD.password THEN
        PERFORM accounts_write('changed_password', NEW.id, NEW.username);
    END IF;
    changed := concat_ws('; ',
        CASE WHEN NEW.username <> OLD.username THEN format('name: %s → %s', OLD.username, NEW.username) END,
        CASE WHEN NEW.email <> OLD.email THEN format('e-mail: %s → %s', OLD.email, NEW.email) END,
        CASE WHEN NEW.is_active <> OLD.is_active
            THEN format('may sign in: %s → %s', accounts_yes(OLD.is_active), accounts_yes(NEW.is_active)) END,
        CASE WHEN NEW.is_staff <> OLD.is_staff
            THEN format('works at the desk: %s → %s', accounts_yes(OLD.is_staff), accounts_yes(NEW.is_staff)) END,
        CASE WHEN NEW.is_superuser <> OLD.is_superuser
            THEN format('looks after the newsroom: %s → %s',
                accounts_yes(OLD.is_superuser), accounts_yes(NEW.is_superuser)) END);
    IF changed <> '' THEN
        PERFORM accounts_write('changed_account', NEW.id, NEW.username, changed);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER accounts_event AFTER INSERT OR DELETE ON auth_user
FOR EACH ROW EXECUTE FUNCTION accounts_of_user();
-- Signing in writes last_login alone and costs nothing here.
CREATE TRIGGER accounts_event_of_change AFTER UPDATE OF username, email, password, is_active, is_staff, is_superuser
ON auth_user FOR EACH ROW EXECUTE FUNCTION accounts_of_user();
"""

ROLES = """
CREATE FUNCTION accounts_permission(permission bigint) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT kind.app_label || '.' || granted.codename
    FROM auth_permission granted JOIN django_content_type kind ON kind.id = granted.content_type_id
    WHERE granted.id = permission
$$;

CREATE FUNCTION accounts_of_role() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM accounts_write('made_role', NULL, NEW.name);
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM accounts_write('deleted_role', NULL, OLD.name);
    ELSIF NEW.name <> OLD.name THEN
        PERFORM accounts_write('changed_role', NULL, NEW.name, format('name: %s → %s', OLD.name, NEW.name));
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION accounts_of_roles_permission() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM accounts_write('changed_role', NULL, (SELECT name FROM auth_group WHERE id = NEW.group_id),
            'may now: ' || accounts_permission(NEW.permission_id));
    ELSE
        PERFORM accounts_write('changed_role', NULL, (SELECT name FROM auth_group WHERE id = OLD.group_id),
            'may no more: ' || accounts_permission(OLD.permission_id));
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION accounts_of_membership() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM accounts_write('gave_role', NEW.user_id, (SELECT username FROM auth_user WHERE id = NEW.user_id),
            (SELECT name FROM auth_group WHERE id = NEW.group_id));
    ELSE
        PERFORM accounts_write('took_role', OLD.user_id, (SELECT username FROM auth_user WHERE id = OLD.user_id),
            (SELECT name FROM auth_group WHERE id = OLD.group_id));
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION accounts_of_permission() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM accounts_write('gave_permission', NEW.user_id, (SELECT username FROM auth_user WHERE id = NEW.user_id),
            accounts_permission(NEW.permission_id));
    ELSE
        PERFORM accounts_write('took_permission', OLD.user_id, (SELECT username FROM auth_user WHERE id = OLD.user_id),
            accounts_permission(OLD.permission_id));
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER accounts_event AFTER INSERT OR UPDATE OR DELETE ON auth_group
FOR EACH ROW EXECUTE FUNCTION accounts_of_role();
CREATE TRIGGER accounts_event AFTER INSERT OR DELETE ON auth_group_permissions
FOR EACH ROW EXECUTE FUNCTION accounts_of_roles_permission();
CREATE TRIGGER accounts_event AFTER INSERT OR DELETE ON auth_user_groups
FOR EACH ROW EXECUTE FUNCTION accounts_of_membership();
CREATE TRIGGER accounts_event AFTER INSERT OR DELETE ON auth_user_user_permissions
FOR EACH ROW EXECUTE FUNCTION accounts_of_permission();
"""

FACTORS = """
CREATE FUNCTION accounts_of_factor() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    factor mfa_authenticator := CASE WHEN TG_OP = 'INSERT' THEN NEW ELSE OLD END;
    kind text := CASE factor.type
        WHEN 'totp' THEN 'authenticator app' WHEN 'webauthn' THEN 'passkey ' || coalesce(factor.data ->> 'name', '')
        ELSE 'recovery codes' END;
BEGIN
    PERFORM accounts_write(CASE WHEN TG_OP = 'INSERT' THEN 'added_factor' ELSE 'removed_factor' END,
        factor.user_id, (SELECT username FROM auth_user WHERE id = factor.user_id), kind);
    RETURN NULL;
END $$;

CREATE TRIGGER accounts_event AFTER INSERT OR DELETE ON mfa_authenticator
FOR EACH ROW EXECUTE FUNCTION accounts_of_factor();
"""

APPEND_ONLY = """
CREATE TRIGGER accounts_accountevent_append_only BEFORE UPDATE OR DELETE ON accounts_accountevent
FOR EACH ROW EXECUTE FUNCTION articles_append_only();
"""

BACKWARD = """
DROP TRIGGER accounts_accountevent_append_only ON accounts_accountevent;
DROP TRIGGER accounts_event ON mfa_authenticator;
DROP TRIGGER accounts_event ON auth_user_user_permissions;
DROP TRIGGER accounts_event ON auth_user_groups;
DROP TRIGGER accounts_event ON auth_group_permissions;
DROP TRIGGER accounts_event ON auth_group;
DROP TRIGGER accounts_event_of_change ON auth_user;
DROP TRIGGER accounts_event ON auth_user;
DROP FUNCTION accounts_of_factor, accounts_of_permission, accounts_of_membership, accounts_of_roles_permission,
    accounts_of_role, accounts_permission, accounts_of_user, accounts_yes, accounts_write;
"""


class Migration(migrations.Migration):
    dependencies = (
        ("accounts", "0001_initial"),
        ("articles", "0002_append_only_and_sequence"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("mfa", "0003_authenticator_type_uniq"),
    )
    operations = (migrations.RunSQL(WRITE + ACCOUNTS + ROLES + FACTORS + APPEND_ONLY, BACKWARD),)
