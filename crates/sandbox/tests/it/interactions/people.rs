//! People and guilds.

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
        (guild().member_with("Alice", &["King"]), "members[0].roles: there is no role King"),
        (guild().bot(none).bot_above("King"), "bot: there is no role King"),
        (guild().role("A", none).role("A", none), "roles[1].name: role A is there twice"),
        (guild().bot_on_top(), "the bot was not invited"),
        (
            guild().channel_in("Games", ChannelKind::Text, "x"),
            "channels[0].parent: there is no category Games earlier in the list",
        ),
        (
            guild().channel(ChannelKind::Announcement, "news"),
            "channels[0].type: channel news needs the feature NEWS",
        ),
        (
            (0..250).fold(guild(), |guild, at| guild.role(&format!("r{at}"), none)),
            "roles[249]: a guild holds at most 250 roles, @everyone and the bot's own included; these are 250",
        ),
    ];
    for (builder, expected) in wrong {
        assert_eq!(builder.try_build().unwrap_err().to_string(), expected);
    }
    assert!(sandbox.world().guilds.is_empty(), "nothing was made by halves");
}

#[tokio::test]
#[should_panic(expected = "there is no role King")]
async fn build_panics_with_the_reason() {
    let sandbox = Sandbox::start(Config::default()).await.unwrap();
    sandbox.new_guild("Club").member_with("Alice", &["King"]).build();
}
