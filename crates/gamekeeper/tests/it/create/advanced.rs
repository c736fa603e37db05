//! Step by step, with the plan shown first.

use std::time::Duration;

use bot::ids::{CustomId, DraftId, DraftPart, field};
use domain::{Actor as Who, Admission, Locale, Phase, Visibility};
use engine::{Caller, Correlation, PanelKind};
use gamekeeper::stage::{
    Stage,
    verbs::{Told, modal, says, shown},
};
use sandbox::actor::{Actor, First, MessageView};

use crate::scene::{ends_with, furnish, game, names, stage, user};

/// Somebody in the middle of the guided form.
struct Wizard {
    who: Actor,
    draft: DraftId,
    page: MessageView,
}

impl Wizard {
    /// Opens the form by command and sends its texts.
    async fn open(who: &Actor, name: &str) -> Told<Self> {
        let form = modal(&who.slash("game advanced", sandbox::actor::NO_OPTIONS)).await?;
        let Ok(CustomId::Draft(_, draft)) = form.custom_id.parse() else {
            return Err(format!("not a form of a draft: {}", form.custom_id));
        };
        let page = shown(&who.submit(&form, [(field::NAME, name)])).await?;
        Ok(Self { who: who.clone(), draft, page })
    }

    fn id(&self, part: DraftPart) -> String {
        CustomId::Draft(part, self.draft.clone()).to_string()
    }

    async fn select(&mut self, part: DraftPart, values: &[&str]) -> Told<()> {
        self.page = shown(&self.who.select(&self.page, &self.id(part), values)).await?;
        Ok(())
    }

    async fn click(&mut self, part: DraftPart) -> Told<&MessageView> {
        self.page = shown(&self.who.click(&self.page, &self.id(part))).await?;
        Ok(&self.page)
    }
}

#[tokio::test]
async fn every_choice_is_kept_and_the_plan_is_shown() -> Told<()> {
    let stage = stage().await?;
    furnish(&stage).await?;
    let (adam, gus) = (stage.person("Adam"), stage.person("Gus"));
    let panel = stage.panel(&adam, PanelKind::Admin).await?;
    let form = modal(&adam.click(&panel, &CustomId::CreateAdvanced.to_string())).await?;
    let Ok(CustomId::Draft(_, draft)) = form.custom_id.parse() else {
        return Err("not a form of a draft".to_owned());
    };
    let texts = [
        (field::NAME, "Dragon Hunt"),
        (field::EMOJI, "🐉"),
        (field::DESCRIPTION, "Every Friday at eight"),
        (field::CAPACITY, "5"),
        (field::COLOUR, "red"),
    ];
    let page = shown(&adam.submit(&form, texts)).await?;
    says(&page, "Nothing is made yet.")?;
    let mut wizard = Wizard { who: adam.clone(), draft, page };
    wizard.select(DraftPart::Admission, &["approval"]).await?;
    wizard.select(DraftPart::Visibility, &["everyone"]).await?;
    wizard.select(DraftPart::Channels, &["channel:chat", "channel:lfg"]).await?;
    wizard.select(DraftPart::Voice, &["3"]).await?;
    wizard.select(DraftPart::Admins, &[&gus.id().to_string()]).await?;
    let plan = wizard.click(DraftPart::Preview).await?;
    for line in [
        "This is what I will do:",
        "Create the role “🐉 Dragon Hunt”",
        "Create the category",
        "Create the voice channel “Voice 3”",
        "Room left on this server:",
        "more games of this kind fit",
    ] {
        says(plan, line)?;
    }
    assert_eq!(names(&stage).await?.len(), 0, "made before it was confirmed");
    // Back: everything is as it was chosen.
    let form = wizard.click(DraftPart::Back).await?;
    says(form, "5 seats")?;
    wizard.click(DraftPart::Preview).await?;
    let reply = adam.click(&wizard.page, &wizard.id(DraftPart::Confirm));
    ends_with(&reply, "is ready").await?;
    let made = stage.game("Dragon Hunt").await?.game;
    assert_eq!(made.capacity.map(domain::Capacity::seats), Some(5));
    assert_eq!(made.admission, Admission::Approval);
    assert_eq!(made.visibility, Visibility::Everyone);
    assert_eq!(made.description.as_str(), "Every Friday at eight");
    assert_eq!((made.layout.voice, made.layout.looking_for_group), (3, true));
    stage.rest().await?;
    stage.settled_in(made.id, Phase::Active).await?;
    let info = stage.engine().store().seat(made.id, user(&gus)).await.map_err(|e| e.to_string())?;
    assert!(info.is_some_and(|seat| seat.is_admin), "Gus administers it");
    stage.truth().await
}

#[tokio::test]
async fn cancel_makes_nothing() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let mut wizard = Wizard::open(&olga, "Chess").await?;
    let old = wizard.page.clone();
    says(wizard.click(DraftPart::Cancel).await?, "Cancelled. Nothing was changed.")?;
    assert!(olga.click(&old, &wizard.id(DraftPart::Preview)).refusal().is_some());
    assert_eq!(names(&stage).await?.len(), 0);
    stage.truth().await
}

#[tokio::test]
async fn confirm_twice_makes_one_game() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let mut wizard = Wizard::open(&olga, "Chess").await?;
    wizard.click(DraftPart::Preview).await?;
    let confirm = wizard.id(DraftPart::Confirm);
    let twice = [olga.click(&wizard.page, &confirm), olga.click(&wizard.page, &confirm)];
    for reply in &twice {
        let answered = reply.first().await;
        assert!(!matches!(answered, First::Failed(_)), "{answered:?}");
    }
    stage.rest().await?;
    assert_eq!(names(&stage).await?, ["Chess"]);
    stage.truth().await
}

#[tokio::test]
async fn a_form_left_alone_expires() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let mut wizard = Wizard::open(&olga, "Chess").await?;
    stage.advance(Duration::from_mins(31));
    says(wizard.click(DraftPart::Preview).await?, "This form is too old.")?;
    assert_eq!(names(&stage).await?.len(), 0);
    stage.truth().await
}

#[tokio::test]
async fn a_form_survives_a_restart() -> Told<()> {
    let mut stage = stage().await?;
    let olga = stage.guild.owner();
    let mut wizard = Wizard::open(&olga, "Chess").await?;
    crate::scene::crash(&mut stage).await?;
    wizard.click(DraftPart::Preview).await?;
    let reply = olga.click(&wizard.page, &wizard.id(DraftPart::Confirm));
    ends_with(&reply, "is ready").await?;
    stage.rest().await?;
    stage.truth().await
}

/// A person asking the engine directly, past the client that hides other people's forms.
fn caller(stage: &Stage, who: &Actor) -> Caller {
    Caller {
        actor: Who {
            guild: stage.guild_id(),
            user: user(who),
            roles: Vec::new(),
            permissions: domain::Permissions::ADMINISTRATOR,
        },
        locale: Locale::En,
        correlation: Correlation::from_snowflake(1),
        reply_to: None,
    }
}

#[tokio::test]
async fn nobody_else_can_use_a_form() -> Told<()> {
    let stage = stage().await?;
    let (olga, adam) = (stage.guild.owner(), stage.person("Adam"));
    let mut wizard = Wizard::open(&olga, "Chess").await?;
    assert!(adam.click(&wizard.page, &wizard.id(DraftPart::Confirm)).refusal().is_some());
    let draft = wizard.draft.as_str();
    let (own, other) = (caller(&stage, &olga), caller(&stage, &adam));
    assert!(stage.engine().load_draft(&own, draft).await.is_ok());
    assert!(stage.engine().load_draft(&other, draft).await.is_err());
    assert!(stage.engine().take_draft(&other, draft).await.is_err());
    assert!(stage.engine().drop_draft(&other, draft).await.is_err());
    // And it is still there for its owner.
    says(wizard.click(DraftPart::Preview).await?, "This is what I will do:")
}

#[tokio::test]
async fn a_mistake_in_the_form_loses_nothing() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    game(&stage, "Chess").await?;
    let mut wizard = Wizard::open(&olga, "chess").await?;
    wizard.select(DraftPart::Voice, &["4"]).await?;
    wizard.click(DraftPart::Preview).await?;
    says(wizard.click(DraftPart::Confirm).await?, "There is already a game called")?;
    let form = modal(&olga.click(&wizard.page, &wizard.id(DraftPart::Words))).await?;
    wizard.page =
        shown(&olga.submit(&form, [(field::NAME, "Go"), (field::COLOUR, "blurple?")])).await?;
    says(&wizard.page, "That is not a colour.")?;
    let form = modal(&olga.click(&wizard.page, &wizard.id(DraftPart::Words))).await?;
    wizard.page = shown(&olga.submit(&form, [(field::NAME, "Go")])).await?;
    wizard.click(DraftPart::Preview).await?;
    let reply = olga.click(&wizard.page, &wizard.id(DraftPart::Confirm));
    ends_with(&reply, "is ready").await?;
    assert_eq!(stage.game("Go").await?.game.layout.voice, 4);
    stage.rest().await?;
    stage.truth().await
}
