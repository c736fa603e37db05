//! Guilds and faults from files: what they make, and what is said about those that cannot be.

use sandbox::scenario::{MAX_FILE, Scenario, Troubles};
use sandbox::world::{ChannelKind, OverwriteTarget, Permissions};
use sandbox::{Config, Sandbox};

async fn sandbox() -> Sandbox {
    Sandbox::start(Config::default()).await.unwrap()
}

#[tokio::test]
async fn the_example_makes_a_guild_one_can_play_in() {
    let sandbox = sandbox().await;
    let guilds = Scenario::friendly().unwrap().make(&sandbox).unwrap();
    let [guild] = guilds.as_slice() else { panic!("one guild") };
    assert_eq!(guild.state().name, "Friendly Dragons");
    let adam = guild.actor("Adam").member().unwrap();
    assert_eq!(adam.roles, [guild.role_id("Keepers")]);
    assert_eq!(adam.nick.as_deref(), Some("Adam the Keeper"));
    let players = guild.role("Players").unwrap();
    assert_eq!((players.colors.primary, players.hoist), (0x34_98db, true));
    let wanted =
        Permissions::MANAGE_CHANNELS | Permissions::MANAGE_ROLES | Permissions::MANAGE_MESSAGES;
    assert_eq!(guild.role("Keepers").unwrap().permissions, wanted);
    let bot = guild.role("Bot").unwrap();
    assert!(bot.permissions.contains(Permissions::ADMINISTRATOR));
    assert!(bot.rank() > guild.role("Keepers").unwrap().rank());

    let table = guild.channel("Round Table").unwrap();
    assert_eq!((table.kind, table.user_limit), (ChannelKind::Voice, 8));
    assert_eq!(table.parent, Some(guild.channel_id("Games")));
    assert_eq!(guild.channel("welcome").unwrap().topic.as_deref(), Some("Say hello"));
    let said = guild.actor("Ben").read(guild.channel_id("welcome"));
    let said: Vec<_> = said.iter().map(|one| (one.author, one.text(), one.pinned)).collect();
    let (olga, mia) = (guild.owner().id(), guild.actor("Mia").id());
    assert!(
        said.contains(&(olga, "Welcome to the Friendly Dragons.".to_owned(), true)),
        "{said:?}"
    );
    assert!(said.contains(&(mia, "Hello!".to_owned(), false)), "{said:?}");
    let sees = |name: &str| guild.actor(name).visible_names().contains(&"keepers".to_owned());
    assert_eq!(["Adam", "Mia", "Ben"].map(sees), [true, true, false]);
    let own = OverwriteTarget::Member(mia);
    let overwrite = *guild.channel("keepers").unwrap().overwrite(own).unwrap();
    assert_eq!(overwrite.deny, Permissions::SEND_MESSAGES);
}

#[tokio::test]
async fn people_are_shared_and_ids_can_be_chosen() {
    let sandbox = sandbox().await;
    let text = "
        [[guilds]]
        name = 'First'
        id = '1184000000000000001'
        owner = 'Ann'
        members = ['Bob']
        everyone = ['VIEW_CHANNEL', 'SEND_MESSAGES']
        bot = 8
        [[guilds]]
        name = 'Second'
        owner = 'Bob'
        bot = { permissions = '268435456', top = true }
        [[guilds.roles]]
        name = 'Chief'
        permissions = 'MANAGE_GUILD'
    ";
    let guilds = Scenario::parse(text).unwrap().make(&sandbox).unwrap();
    assert_eq!(guilds[0].id().to_string(), "1184000000000000001");
    assert_eq!(guilds[0].actor("Bob").id(), guilds[1].owner().id());
    let everyone = guilds[0].role("@everyone").unwrap().permissions;
    assert_eq!(everyone, Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES);
    assert_eq!(guilds[0].channels().len(), 1);
    let bot = guilds[1].role("Bot").unwrap();
    assert_eq!(bot.permissions, Permissions::MANAGE_ROLES);
    assert!(bot.rank() > guilds[1].role("Chief").unwrap().rank());
    let again = Scenario::parse("[[guilds]]\nname = 'Again'\nid = '1184000000000000001'").unwrap();
    assert!(again.make(&sandbox).unwrap_err().to_string().contains("Invalid Form Body"));
}

#[test]
fn the_examples_in_the_guide_are_understood() {
    let guide = include_str!("../../../../docs/sandbox.md");
    let blocks: Vec<_> =
        guide.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    let [guilds, faults] = blocks.as_slice() else { panic!("{} examples", blocks.len()) };
    assert_eq!(Scenario::parse(guilds).unwrap().guilds[0].channels.len(), 3);
    let troubles = Troubles::parse(faults).unwrap();
    assert_eq!((troubles.faults.len(), troubles.event_faults.len()), (2, 1));
}

/// A guild with these lines, the first of which is line 3.
fn guild(lines: &str) -> String {
    let text = format!("[[guilds]]\nname = 'Club'\n{lines}");
    Scenario::parse(&text).unwrap_err().to_string()
}

#[test]
fn what_cannot_be_is_refused_with_its_line() {
    let cases = [
        ("roles = [", "line 3: unclosed array, expected `]`"),
        ("owner = 1", "line 3: invalid type: integer `1`, expected a string"),
        ("colour = 'red'", "line 3: unknown field `colour`, expected one of"),
        (
            "members = ['A', {name = 'B', rolls = []}]",
            "line 3: unknown field `rolls`, expected one of",
        ),
        ("members = [7]", "expected a member: a name, or a table with `name`, `roles` and `nick`"),
        (
            "\nmembers = [\n'A',\n{name = 'B', roles = ['King']}]",
            "line 6: guilds[0].members[1].roles: there is no role King",
        ),
        (
            "[[guilds.roles]]\nname = 'A'\npermissions = ['MANAGE_ROLE']",
            "line 5: there is no permission \"MANAGE_ROLE\"",
        ),
        (
            "[[guilds.roles]]\nname = 'A'\ncolor = 'red'",
            "line 5: \"red\" is no colour; write it as \"#3498db\"",
        ),
        (
            "[[guilds.roles]]\nname = 'A'\n[[guilds.roles]]\nname = 'A'",
            "line 6: guilds[0].roles[1].name: role A is there twice",
        ),
        (
            "[[guilds.channels]]\nname = 'A'\ntype = 'txt'",
            "line 5: there is no channel type \"txt\"; there are text, voice",
        ),
        (
            "[[guilds.channels]]\nname = 'A'\ntype = 11",
            "line 5: a guild's list holds no channels of type 11",
        ),
        (
            "[[guilds.channels]]\nname = '!!!'",
            "line 4: guilds[0].channels[0].name: Discord leaves nothing of this name",
        ),
        (
            "[[guilds.channels]]\nname = 'a'\nparent = 'B'",
            "line 5: guilds[0].channels[0].parent: there is no category B earlier",
        ),
        (
            "[[guilds.channels]]\nname = 'a'\noverwrites = [{allow = 1}]",
            "line 5: guilds[0].channels[0].overwrites[0].role: an overwrite is for either",
        ),
        (
            "[[guilds.channels]]\nname = 'a'\nmessages = [{text = 'x', by = 'Eve'}]",
            "line 5: guilds[0].channels[0].messages[0].by: there is no member Eve",
        ),
        (
            "[[guilds.channels]]\nname = 'a'\ntype = 'forum'\nmessages = ['x']",
            "line 6: guilds[0].channels[0].messages: channel a takes no messages",
        ),
        (
            "bot = {permissions = 8, above = 'A', top = true}",
            "line 3: the bot's role stands above a role or at the top",
        ),
        ("bot = -1", "line 3: permissions cannot be negative"),
        ("id = 'abc'", "line 3: invalid digit found in string"),
        (
            "[[guilds]]\nname = 'X'",
            "line 4: guilds[1].name: must be 2 to 100 characters long, not 1",
        ),
    ];
    for (lines, expected) in cases {
        let told = guild(lines);
        assert!(told.contains(expected), "{lines}\n{told}");
    }
}

#[test]
fn more_than_discord_allows_is_refused() {
    let many = |key: &str, count: usize, more: &str| {
        let entry = |at| format!("[[guilds.{key}]]\nname = 'x{at}'\n{more}\n");
        (0..count).map(entry).collect::<Vec<_>>().concat()
    };
    let told = guild(&format!("bot = 8\n{}", many("roles", 249, "")));
    assert!(
        told.ends_with(
            "a guild holds at most 250 roles, @everyone and the bot's own included; these are 249"
        ),
        "{told}"
    );
    let told = guild(&many("channels", 501, ""));
    assert!(told.ends_with("guilds[0].channels[500]: a guild holds at most 500 channels, categories included; these are 501"), "{told}");
    assert!(told.starts_with("line 1503: "), "{told}");
    let category = "[[guilds.channels]]\nname = 'C'\ntype = 'category'\n";
    let told = guild(&format!("{category}{}", many("channels", 51, "parent = 'C'")));
    assert!(
        told.ends_with("guilds[0].channels[51].parent: a category holds at most 50 channels"),
        "{told}"
    );
    let told = guild(&format!("members = {:?}", vec!["A"; 10_001]));
    assert!(
        told.ends_with("the sandbox makes at most 10000 members for a guild; these are 10001"),
        "{told}"
    );
    let nested = format!("a = {}", "[".repeat(100_000));
    assert!(Scenario::parse(&nested).is_err());
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let folder = std::env::temp_dir().join(format!("sandbox-scenario-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("guilds.toml");
    let told = || {
        Scenario::read(&path).unwrap_err().to_string().replace(&folder.display().to_string(), "")
    };
    assert!(told().starts_with("/guilds.toml: No such file"), "{}", told());
    std::fs::write(&path, "\n\nguild = 1").unwrap();
    assert_eq!(told(), "/guilds.toml, line 3: unknown field `guild`, expected `guilds`");
    std::fs::write(&path, [0xff, 0xfe]).unwrap();
    assert!(told().contains("UTF-8"), "{}", told());
    std::fs::write(&path, vec![b'\n'; MAX_FILE + 1]).unwrap();
    assert_eq!(told(), "/guilds.toml: is larger than 4 MiB");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test]
async fn faults_come_from_a_file() {
    let sandbox = sandbox().await;
    let troubles = Troubles::parse(
        "
        limits = 'realistic'
        latency = { rest = 3, callbacks = 4 }
        [[faults]]
        place = 'get_gateway'
        kind = { status = 502 }
        [[faults]]
        place = 'get_gateway'
        kind = { rate_limited = { scope = 'user', retry_after = 1500 } }
        [mix]
        probability = 0.5
        kinds = ['drop_answer', { delay_after = 20 }]
        seed = 7
        only = ['create_guild_role']
        [[event_faults]]
        place = 'GUILD_ROLE_CREATE'
        kind = 'twice'
        [event_mix]
        probability = 0.1
        kinds = ['lose']
        seed = 7
        ",
    );
    troubles.unwrap().apply(&sandbox);
    assert_eq!((sandbox.faults().waiting(), sandbox.event_faults().waiting()), (2, 1));
    assert_eq!(crate::http::get(&sandbox, "/gateway").await.status, 429);
    let told = |text: &str| Troubles::parse(text).unwrap_err().to_string();
    for (text, expected) in [
        (
            "[[faults]]\nplace = 'create_rol'\nkind = 'drop_answer'",
            "line 2: faults[0].place: there is no operation create_rol",
        ),
        ("[[faults]]\nkind = 'bad_luck'", "line 2: unknown variant `bad_luck`, expected one of"),
        (
            "limits = 'wild'",
            "line 1: there are no limits \"wild\"; there are default, realistic, off",
        ),
        ("[limits]\nglobal = 3", "line 2: unknown field `global`, expected one of"),
        (
            "[mix]\nseed = 1\nkinds = ['drop_answer']\nprobability = 5.0",
            "line 4: mix.probability: a probability is 0 to 1",
        ),
        (
            "[mix]\nseed = 1\nkinds = []\nprobability = 0.5",
            "line 3: mix.kinds: name at least one kind of fault",
        ),
    ] {
        assert!(told(text).contains(expected), "{}", told(text));
    }
}
