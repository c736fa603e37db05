//! What an attacker would try.

use crate::item::{Part, check, command, test, yours};

pub(super) const REVIEW: Part = Part {
    key: "security-review",
    title: "Security review",
    items: &[
        check(
            "security-review.leaks",
            "No tracked file has a token or password in it",
            "config.leaks",
        ),
        check("security-review.ignored", "Git leaves `.env` alone", "config.env-ignored"),
        test(
            "security-review.rights",
            "Every action is in the table of rights, once",
            "domain::it::authorization::every_action_is_in_the_table_once",
        ),
        test(
            "security-review.admin-by-hand",
            "A role given by hand gives no right over a game",
            "domain::it::authorization::a_role_given_by_hand_gives_no_right",
        ),
        test(
            "security-review.fuzzed",
            "Whatever a server shows and people wish, what the bot plans is about its own things only",
            "domain::it::planner_anything::any_wish_in_any_guild_gives_a_plan_about_ours",
        ),
        test(
            "security-review.private-networks",
            "Nobody looks around in private networks by means of the bot",
            "servers::it::direct::nobody_is_asked_in_networks_of_ones_own_unless_allowed",
        ),
    ],
};

pub(super) const APPLICATION: Part = Part {
    key: "application-security",
    title: "Application security",
    items: &[
        test(
            "application-security.flooding",
            "Whoever asks for too much is asked to slow down",
            "gamekeeper::it::words::too_much_at_once_is_asked_to_slow_down",
        ),
        test(
            "application-security.names",
            "Names that deceive are refused",
            "domain::it::names::names_that_deceive_or_say_nothing_are_refused",
        ),
        test(
            "application-security.taken-back",
            "An admin role taken away takes the right away at once",
            "gamekeeper::it::rights::an_admin_role_taken_away_takes_the_right_away_at_once",
        ),
        test(
            "application-security.private-games",
            "A game for members is hidden from the first moment on",
            "domain::it::permissions::a_members_only_game_is_hidden_from_the_start",
        ),
        test(
            "application-security.certificates",
            "A certificate that nobody vouches for is refused",
            "servers::it::trouble::a_certificate_of_its_own_making_is_refused_unless_allowed",
        ),
    ],
};

pub(super) const SECRETS: Part = Part {
    key: "secrets",
    title: "Secrets",
    items: &[
        test(
            "secrets.messages",
            "No log, page or alert of a bot in trouble of every kind tells a secret",
            "gamekeeper::it::monitoring::secrets::a_running_bot_that_has_trouble_of_every_kind_tells_no_secret",
        ),
        test(
            "secrets.database",
            "The database's password is in no error and in no debugging output",
            "store::it::errors::a_password_is_in_no_error_and_in_no_debug_output",
        ),
        check("secrets.length", "The database's password is long enough", "database.password"),
        command(
            "secrets.origin",
            "Each secret comes from a file of its own or a credential, not from a shared shell",
            "gamekeeper config show",
        ),
        yours(
            "secrets.safe",
            "Token and passwords are in a safe place besides this machine, and nobody else has them",
            "The bot knows only its own copy",
            "gamekeeper config show",
        ),
    ],
};
