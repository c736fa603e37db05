//! Roles that may do more, and what only they see: consoles and backups.

use amp_sandbox::AppState;
use bot::ids::{CustomId, ServerAct, field};
use domain::audit::{AuditKind, Outcome};
use gamekeeper::stage::verbs::{Told, modal, says, shown, until};
use sandbox::{actor::Filled, id::RoleId, world::Permissions};

use super::{Scene, scene, settled};
use crate::scene::{Options, audited, run};

impl Scene {
    /// The owner grants a role these actions.
    async fn grant(&self, role: RoleId, actions: &[&str]) -> Told<()> {
        let olga = self.stage.guild.owner();
        let options: Options = vec![("server", "Survival".into()), ("role", role.into())];
        let page = run(&olga, "server rights", options).await?;
        let server = self.server().await.ok_or("gone")?.id;
        let id = CustomId::ServerRights(server, twilight_model::id::Id::new(role.0)).to_string();
        let page = shown(&olga.select(&page, &id, actions)).await?;
        let may = page.text().contains(&format!("<@&{role}>: "));
        if may == actions.is_empty() { Err(page.text()) } else { Ok(()) }
    }
}

#[tokio::test]
async fn a_role_may_do_what_it_was_granted_and_nothing_else() -> Told<()> {
    let scene = scene().await?;
    let mia = scene.stage.person("Mia");
    let olga = scene.stage.guild.owner();
    let keepers =
        olga.create_role("Server keepers", Permissions::NONE).map_err(|e| e.to_string())?;
    olga.give_role(mia.id(), keepers).map_err(|e| e.to_string())?;
    says(&scene.ask(&mia, "status").await?, "I know no such game server here.")?;
    scene.grant(keepers, &["stop", "start"]).await?;
    says(&scene.ask(&mia, "status").await?, "**online**")?;
    says(&scene.ask(&mia, "restart").await?, "Ask a community admin.")?;
    says(&scene.ask(&mia, "console").await?, "Ask a community admin.")?;
    says(&scene.ask(&mia, "rights").await?, "Ask a community admin.")?;
    let asked = scene.ask(&mia, "stop").await?;
    says(&scene.press(&mia, &asked, ServerAct::Stop).await?, "✅ Done: stop the server.")?;
    // Taken away at once, also from somebody who has the button in front of them.
    scene.grant(keepers, &[]).await?;
    says(&scene.ask(&mia, "start").await?, "I know no such game server here.")?;
    assert_eq!(scene.state(), AppState::Stopped);
    let told = audited(&scene.stage, AuditKind::SettingsChanged).await?;
    assert_eq!(told.len(), 2);
    let after = told.last().and_then(|record| record.entry.after.clone()).unwrap_or_default();
    assert!(after.ends_with("=start+stop"), "{after}");
    olga.delete_role(keepers).map_err(|e| e.to_string())?;
    scene.end().await
}

#[tokio::test]
async fn what_everyone_may_do_everyone_does() -> Told<()> {
    let scene = scene().await?;
    let mia = scene.stage.person("Mia");
    let everyone = RoleId(scene.stage.guild_id().get());
    scene.grant(everyone, &["restart"]).await?;
    let asked = scene.ask(&mia, "restart").await?;
    says(&scene.press(&mia, &asked, ServerAct::Restart).await?, "✅ Done: restart the server.")?;
    says(&scene.ask(&mia, "stop").await?, "Ask a community admin.")?;
    scene.end().await
}

#[tokio::test]
async fn a_console_is_read_and_typed_into_by_those_who_may() -> Told<()> {
    let scene = scene().await?;
    let olga = scene.stage.guild.owner();
    scene.amp.instance(scene.survival).say("a ```line``` with marks");
    says(&scene.ask(&scene.stage.person("Mia"), "console").await?, "no such game server")?;
    scene.amp.user("bot").permission("Core.AppManagement.SendConsoleInput");
    scene.amp.user("bot").permission("Core.AppManagement.ReadConsole");
    scene.amp.forget_sessions();
    let page = scene.ask(&olga, "console").await?;
    assert!(page.ephemeral);
    says(&page, "a ˋˋˋlineˋˋˋ with marks")?;
    let typed: Options = vec![("server", "Survival".into()), ("line", "list".into())];
    let page = settled(&olga.slash("server console", typed)).await?;
    // What was read before is still there, and stands there once.
    assert_eq!(page.text().matches("with marks").count(), 1, "{}", page.text());
    let server = scene.server().await.ok_or("gone")?.id;
    let form = CustomId::Server(ServerAct::ConsoleType, server).to_string();
    let form = modal(&olga.click(&page, &form)).await?;
    let page = shown(&olga.submit(&form, [(field::LINE, Filled::from("say hello there"))])).await?;
    says(&page, "hello there")?;
    assert_eq!(scene.amp.instance(scene.survival).commands(), ["list", "say hello there"]);
    let two: Options = vec![("server", "Survival".into()), ("line", "say a\nstop".into())];
    says(&run(&olga, "server console", two).await?, "one line at a time")?;
    assert_eq!(scene.amp.instance(scene.survival).commands().len(), 2);
    let told = audited(&scene.stage, AuditKind::ServerControlled).await?;
    let after: Vec<_> = told.iter().filter_map(|record| record.entry.after.clone()).collect();
    assert_eq!(
        after,
        [
            "server=Survival; action=console; typed=say hello there",
            "server=Survival; action=console; typed=list",
        ]
    );
    scene.end().await
}

#[tokio::test]
async fn a_server_is_backed_up_and_updated() -> Told<()> {
    let scene = scene().await?;
    let olga = scene.stage.guild.owner();
    says(&scene.ask(&olga, "backup").await?, "The panel does not let me do that.")?;
    scene.amp.user("bot").permission("LocalFileBackup.Backup.CreateBackup");
    scene.amp.user("bot").permission("Core.AppManagement.UpdateApplication");
    scene.amp.forget_sessions();
    says(&scene.ask(&olga, "backup").await?, "the panel is making a backup")?;
    assert_eq!(scene.outcomes().await?, [Outcome::Done, Outcome::Failed]);
    let asked = scene.ask(&olga, "update").await?;
    says(&asked, "**Survival**: update the server?")?;
    let done = scene.press(&olga, &asked, ServerAct::Update).await?;
    says(&done, "✅ Done: update the server.")?;
    until("the update to be in the history", || async {
        let outcomes = scene.outcomes().await.ok()?;
        (outcomes.first() == Some(&Outcome::Done) && outcomes.len() == 3).then_some(())
    })
    .await?;
    scene.end().await
}
