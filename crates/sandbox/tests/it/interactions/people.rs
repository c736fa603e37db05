//! People and guilds.

use sandbox::actor::BuildError;
use sandbox::world::{ChannelKind, Permissions};
use sandbox::{Config, Sandbox};

#[tokio::test]
async fn a_guild_is_built_as_planned() {
    let sandbox = Sandbox::start(Config::default()).await.unwrap();
    let guild = sandbox
        .new_guild("Club")
        .owner("Olga")
        .feature("NEWS")
        .role("Player", Permissions::NONE)
        .role("Admin", Permissions::MANAGE_GUILD)
        .member_with("Alice", &["Player", "Admin"])
        .member("Bob")
        .channel(ChannelKind::Category, "Games")
        .channel_in("Games", ChannelKind::Text, "chess")
        .channel(ChannelKind::Announcement, "news")
        .private_channel(ChannelKind::Text, "admins", &["Admin"])
        .bot(Permissions::MANAGE_ROLES)
        .bot_above("Player")
        .build();
    let state = guild.state();
    let position = |name: &str| state.role_named(name).unwrap().position;
    assert_eq!((position("Player"), position("Bot"), position("Admin")), (1, 2, 3));
    assert_eq!(state.members.len(), 4);
    assert_eq!(guild.channel("chess").unwrap().parent, Some(guild.channel_id("Games")));
    let alice = guild.actor("Alice");
    assert_eq!(alice.member().unwrap().roles.len(), 2);
    assert!(alice.visible_names().contains(&"admins".to_owned()));
    assert!(!guild.actor("Bob").visible_names().contains(&"admins".to_owned()));
    assert_eq!(guild.actor("Olga").id(), guild.owner().id());
}

#[tokio::test]
async fn nonsense_is_not_built() {
    let sandbox = Sandbox::start(Config::default()).await.unwrap();
    let guild = || sandbox.new_guild("Club");
    let none = Permissions::NONE;
    let wrong = [
        (guild().member_with("Alice", &["King"]), BuildError::NoRole("King".into())),
        (guild().bot(none).bot_above("King"), BuildError::NoRole("King".into())),
        (guild().role("A", none).role("A", none), BuildError::TwoRoles("A".into())),
        (guild().bot_on_top(), BuildError::NoBot),
        (
            guild().channel_in("Games", ChannelKind::Text, "x"),
            BuildError::NoCategory("Games".into()),
        ),
        (guild().channel(ChannelKind::Announcement, "news"), BuildError::NeedsNews("news".into())),
    ];
    for (builder, expected) in wrong {
        assert_eq!(builder.try_build().unwrap_err(), expected);
    }
    let full = (0..250).fold(guild(), |guild, at| guild.role(&format!("r{at}"), none));
    assert!(matches!(full.try_build(), Err(BuildError::Refused(_))));
}

#[tokio::test]
#[should_panic(expected = "there is no role King")]
async fn build_panics_with_the_reason() {
    let sandbox = Sandbox::start(Config::default()).await.unwrap();
    sandbox.new_guild("Club").member_with("Alice", &["King"]).build();
}
