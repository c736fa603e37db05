//! Who may do what.

use Action::{
    AppointAdmins, ArchiveGame, ChangeSettings, CreateGame, DeleteGame, EditGame, JoinGame,
    LeaveGame, ManageSeats, RepairGame, RestoreGame, SetUpDashboard, ViewAudit, ViewGameAudit,
    ViewGames, ViewSettings,
};
use domain::{
    Action, Actor, GuildSettings, Permissions, Refusal, RoleId, Standing, UserId, authorize,
};

use crate::world::GUILD;

/// The table, in full. A change here is a change of policy.
const TABLE: [(Action, [bool; 3]); 16] = [
    //                 player, game admin, community admin
    (SetUpDashboard, [false, false, true]),
    (ChangeSettings, [false, false, true]),
    (ViewSettings, [false, false, true]),
    (CreateGame, [false, false, true]),
    (EditGame, [false, true, true]),
    (AppointAdmins, [false, false, true]),
    (ArchiveGame, [false, false, true]),
    (RestoreGame, [false, false, true]),
    (DeleteGame, [false, false, true]),
    (RepairGame, [false, false, true]),
    (ManageSeats, [false, true, true]),
    (JoinGame, [true, true, true]),
    (LeaveGame, [true, true, true]),
    (ViewGames, [true, true, true]),
    (ViewAudit, [false, false, true]),
    (ViewGameAudit, [false, true, true]),
];

const STANDINGS: [Standing; 3] = [Standing::Player, Standing::GameAdmin, Standing::CommunityAdmin];

#[test]
fn every_action_is_in_the_table_once() {
    assert_eq!(TABLE.map(|(action, _)| action), Action::ALL);
}

#[test]
fn every_standing_may_do_what_the_table_says() {
    for (action, allowed) in TABLE {
        for (standing, allowed) in STANDINGS.into_iter().zip(allowed) {
            assert_eq!(authorize(standing, action).is_ok(), allowed, "{standing:?}, {action:?}");
        }
    }
}

#[test]
fn a_refusal_says_what_it_takes() {
    assert_eq!(
        authorize(Standing::Player, EditGame),
        Err(Refusal { action: EditGame, needs: Standing::GameAdmin, is: Standing::Player })
    );
}

const MODERATOR_ROLE: RoleId = RoleId::new(10);
const GAME_ADMIN_ROLE: RoleId = RoleId::new(20);

fn somebody(roles: &[RoleId], permissions: Permissions) -> Actor {
    Actor { guild: GUILD, user: UserId::new(1), roles: roles.to_vec(), permissions }
}

fn settings() -> GuildSettings {
    GuildSettings { admin_roles: vec![MODERATOR_ROLE], ..GuildSettings::new(GUILD) }
}

/// The standing towards a game whose admin role exists.
fn standing(actor: &Actor, admin_of_game: bool) -> Standing {
    actor.standing(&settings(), admin_of_game, Some(GAME_ADMIN_ROLE))
}

#[test]
fn anyone_is_a_player() {
    let permissions = Permissions::all() - Permissions::MANAGE_GUILD - Permissions::ADMINISTRATOR;
    let somebody = somebody(&[RoleId::new(99)], permissions);
    assert_eq!(standing(&somebody, false), Standing::Player);
}

#[test]
fn a_game_admin_is_one_by_record_and_by_role() {
    let with_role = somebody(&[GAME_ADMIN_ROLE], Permissions::empty());
    assert_eq!(standing(&with_role, true), Standing::GameAdmin);
}

#[test]
fn a_role_given_by_hand_gives_no_right() {
    let with_role = somebody(&[GAME_ADMIN_ROLE], Permissions::empty());
    assert_eq!(standing(&with_role, false), Standing::Player);
}

#[test]
fn a_role_taken_by_hand_takes_the_right_at_once() {
    let without_role = somebody(&[], Permissions::empty());
    assert_eq!(standing(&without_role, true), Standing::Player);
}

#[test]
fn before_the_admin_role_exists_the_record_counts_alone() {
    let somebody = somebody(&[], Permissions::empty());
    assert_eq!(somebody.standing(&settings(), true, None), Standing::GameAdmin);
    assert_eq!(somebody.standing(&settings(), false, None), Standing::Player);
}

#[test]
fn the_configured_admin_roles_make_community_admins() {
    let moderator = somebody(&[MODERATOR_ROLE], Permissions::empty());
    assert_eq!(standing(&moderator, false), Standing::CommunityAdmin);
    let elsewhere = GuildSettings::new(GUILD);
    assert_eq!(moderator.standing(&elsewhere, false, None), Standing::Player);
}

#[test]
fn manage_guild_and_administrator_make_community_admins() {
    for permission in [Permissions::MANAGE_GUILD, Permissions::ADMINISTRATOR] {
        let admin = somebody(&[], permission);
        assert_eq!(standing(&admin, false), Standing::CommunityAdmin);
    }
}
