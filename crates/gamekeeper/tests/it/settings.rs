//! Every setting, by command and on the settings page.

use bot::ids::{CustomId, SettingsPart};
use domain::{DriftPolicy, GuildSettings, Layout, audit::AuditKind};
use engine::PanelKind;
use gamekeeper::stage::{
    Stage,
    verbs::{Told, says, shown},
};
use sandbox::{
    actor::{Actor, MessageView, NO_OPTIONS},
    world::Permissions,
};

use crate::scene::{Options, audited, run, stage};

async fn now(stage: &Stage) -> Told<GuildSettings> {
    stage.engine().settings(stage.guild_id()).await.map_err(|e| e.to_string())
}

fn layout(chat: bool, forum: bool, voice: u8) -> Layout {
    Layout { chat, forum, voice, announcements: false, looking_for_group: false }
}

#[tokio::test]
async fn by_command() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let keepers = stage.guild.role_id("Keepers");
    let log = stage.channel("log")?;
    says(&run(&olga, "settings view", NO_OPTIONS).await?, "## Settings")?;

    let said = run(&olga, "settings admin-role add", [("role", keepers)]).await?;
    says(&said, &format!("<@&{keepers}>"))?;
    assert_eq!(now(&stage).await?.admin_roles.len(), 1);
    run(&olga, "settings admin-role remove", [("role", keepers)]).await?;
    assert_eq!(now(&stage).await?.admin_roles.len(), 0);

    says(&run(&olga, "settings log-channel", [("channel", log)]).await?, &format!("<#{log}>"))?;
    assert_eq!(now(&stage).await?.log_channel.map(twilight_model::id::Id::get), Some(log.0));
    run(&olga, "settings log-channel", NO_OPTIONS).await?;
    assert_eq!(now(&stage).await?.log_channel, None);

    let options: Options = vec![("forum", true.into()), ("voice", 3.into())];
    run(&olga, "settings default-layout", options).await?;
    assert_eq!(now(&stage).await?.default_layout, layout(true, true, 3));
    run(&olga, "settings default-layout", [("chat", false)]).await?;
    assert_eq!(now(&stage).await?.default_layout, layout(false, true, 3), "the rest stays");

    for (policy, becomes) in [
        ("accept", DriftPolicy::Accept),
        ("ask", DriftPolicy::Ask),
        ("repair", DriftPolicy::Repair),
    ] {
        run(&olga, "settings drift-policy", [("policy", policy)]).await?;
        assert_eq!(now(&stage).await?.drift_policy, becomes);
    }
    // As it is already: shown, and not in the audit once more.
    let before = audited(&stage, AuditKind::SettingsChanged).await?.len();
    assert_eq!(before, 9);
    says(&run(&olga, "settings drift-policy", [("policy", "repair")]).await?, "## Settings")?;
    assert_eq!(audited(&stage, AuditKind::SettingsChanged).await?.len(), before);
    stage.truth().await
}

/// Chooses on the settings page; answers the page afterwards.
async fn pick(
    who: &Actor,
    page: &MessageView,
    part: SettingsPart,
    values: &[String],
) -> Told<MessageView> {
    shown(&who.select(page, &CustomId::Settings(part).to_string(), values)).await
}

#[tokio::test]
async fn on_the_page_from_the_panel() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let keepers = stage.guild.role_id("Keepers").to_string();
    let log = stage.channel("log")?.to_string();
    stage.set_up_panel(&olga, PanelKind::Admin, "admin").await?;
    let panel = stage.panel(&olga, PanelKind::Admin).await?;
    let show = CustomId::Settings(SettingsPart::Show).to_string();
    let page = shown(&olga.click(&panel, &show)).await?;
    let page = pick(&olga, &page, SettingsPart::AdminRoles, &[keepers]).await?;
    let page = pick(&olga, &page, SettingsPart::LogChannel, &[log]).await?;
    let page = pick(&olga, &page, SettingsPart::Channels, &["channel:forum".to_owned()]).await?;
    let page = pick(&olga, &page, SettingsPart::Voice, &["2".to_owned()]).await?;
    let page = pick(&olga, &page, SettingsPart::Drift, &["ask".to_owned()]).await?;
    let set = now(&stage).await?;
    assert_eq!((set.admin_roles.len(), set.log_channel.is_some()), (1, true));
    assert_eq!(set.default_layout, layout(false, true, 2));
    assert_eq!(set.drift_policy, DriftPolicy::Ask);
    let page = pick(&olga, &page, SettingsPart::AdminRoles, &[]).await?;
    pick(&olga, &page, SettingsPart::LogChannel, &[]).await?;
    let set = now(&stage).await?;
    assert_eq!((set.admin_roles.len(), set.log_channel), (0, None));
    let rows = audited(&stage, AuditKind::SettingsChanged).await?;
    assert_eq!(rows.len(), 7);
    assert!(rows.iter().all(|row| row.entry.before.is_some() && row.entry.after.is_some()));
    Ok(())
}

#[tokio::test]
async fn everyone_is_no_admin_role() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let everyone = stage.guild.id().everyone();
    run(&olga, "settings admin-role add", [("role", everyone)]).await?;
    assert_eq!(now(&stage).await?.admin_roles.len(), 0);
    let refused = run(&stage.person("Mia"), "settings view", NO_OPTIONS).await?;
    says(&refused, "Only community admins can see the settings.")?;
    assert!(
        !stage
            .person("Mia")
            .permissions_in(stage.channel("log")?)
            .contains(Permissions::MANAGE_GUILD)
    );
    Ok(())
}
