//! People: each does one thing after another, through what they see on Discord only.

use bot::ids::{CustomId, DraftPart, GameAct, Purpose, field};
use sandbox::{
    actor::{Actor, First, MessageView, ModalView, NO_OPTIONS, OptionValue, Reply},
    id::ChannelId,
};

use super::{Ground, book::Known, dice::Dice};
use crate::stage::verbs::Told;

/// Options of a command, of any kinds side by side.
type Options<'a> = Vec<(&'a str, OptionValue)>;

/// Below so many games more are made, above the other bound they are deleted.
const FEW: usize = 5;
const MANY: usize = 12;
/// Between two things that one person does, in milliseconds.
const PAUSE: (u64, u64) = (80, 900);

/// One person at it, for as long as it is polled.
pub(super) async fn live(ground: &Ground<'_>, who: &Actor, admin: bool, mut dice: Dice) {
    loop {
        tokio::time::sleep(dice.between(PAUSE.0, PAUSE.1)).await;
        if who.member().is_none() {
            continue;
        }
        let one = Doing { ground, who, dice: &mut dice };
        // What a person is told in between (no such game, not allowed, out of date) is as good
        // an end as any; whether it was an answer at all is in the book.
        let _ = one.something(admin).await;
    }
}

struct Doing<'a, 'd> {
    ground: &'a Ground<'a>,
    who: &'a Actor,
    dice: &'d mut Dice,
}

impl Doing<'_, '_> {
    async fn something(mut self, admin: bool) -> Told<()> {
        // Everybody tries now and then what only an admin may.
        if !admin && !self.dice.percent(4) {
            return self.play().await;
        }
        let games = self.ground.book.write(|pages| pages.games.len());
        let roll = self.dice.below(100);
        match (games, roll) {
            (..FEW, 0..70) | (FEW..MANY, 0..14) => self.create().await,
            (MANY.., 0..50) | (_, 14..22) => self.delete().await,
            (_, 22..36) => self.reword().await,
            (_, 36..52) => self.choose().await,
            (_, 52..62) => self.about_a_person().await,
            (_, 62..70) => self.archive().await,
            (_, 70..78) => self.restore().await,
            (_, 78..84) => self.on_a_game("repair", "game repair").await,
            (_, 84..90) => self.place_panel().await,
            (_, 90..95) => self.settings().await,
            _ => self.look().await,
        }
    }

    async fn play(&mut self) -> Told<()> {
        match self.dice.below(10) {
            0..3 => self.on_a_game("join", "joingame").await,
            3..5 => self.join_by_panel().await,
            5..8 => self.on_a_game("leave", "leavegame").await,
            _ => self.look().await,
        }
    }

    async fn look(&mut self) -> Told<()> {
        match self.dice.below(5) {
            0 => self.say("look", self.who.slash("mygames", NO_OPTIONS)).await.map(drop),
            1 => self.say("look", self.who.slash("game list", NO_OPTIONS)).await.map(drop),
            2 => self.on_a_game("look", "game info").await,
            3 => self.on_a_game("look", "game members").await,
            _ => self.say("look", self.who.slash("help", NO_OPTIONS)).await.map(drop),
        }
    }

    /// A game that people know of.
    fn game(&mut self, wanted: impl Fn(&Known) -> bool) -> Told<String> {
        let games: Vec<String> = self.ground.book.write(|pages| {
            pages.games.iter().filter(|known| wanted(known)).map(|k| k.name.clone()).collect()
        });
        self.dice.pick(&games).ok_or_else(|| "no such game".to_owned())
    }

    fn person(&mut self) -> Told<Actor> {
        let people = self.ground.people();
        self.dice.pick(&people).ok_or_else(|| "nobody".to_owned())
    }

    async fn say(&self, what: &'static str, reply: Reply) -> Told<MessageView> {
        match self.ground.book.answer(what, &reply).await? {
            First::Message(message) | First::Updated(message) => Ok(message),
            First::Deferred(_) | First::DeferredUpdate => {
                reply.settled().await.ok_or_else(|| "the answer never came".to_owned())
            }
            other => Err(format!("{other:?}")),
        }
    }

    async fn form(&self, what: &'static str, reply: Reply) -> Told<ModalView> {
        match self.ground.book.answer(what, &reply).await? {
            First::Modal(form) => Ok(form),
            other => Err(format!("{other:?}")),
        }
    }

    async fn on_a_game(&mut self, what: &'static str, command: &str) -> Told<()> {
        let game = self.game(|_| true)?;
        self.say(what, self.who.slash(command, [("game", game)])).await.map(drop)
    }

    /// The panel with this control, wherever it is.
    fn panel(&self, control: &CustomId) -> Told<MessageView> {
        let control = control.to_string();
        let seen = self.ground.rooms().into_iter().flat_map(|room| self.who.read(room));
        let mut seen =
            seen.filter(|message| !message.ephemeral && message.component(&control).is_some());
        seen.next().ok_or_else(|| "the panel cannot be seen".to_owned())
    }

    fn press(&self, on: &MessageView, control: &CustomId) -> Reply {
        self.who.click(on, &control.to_string())
    }

    async fn create(&mut self) -> Told<()> {
        let name = self.ground.book.name();
        match self.dice.below(3) {
            0 => {
                let panel = self.panel(&CustomId::CreateSimple)?;
                let form = self.form("create", self.press(&panel, &CustomId::CreateSimple)).await?;
                let filled = [(field::NAME, name.as_str()), (field::EMOJI, "🎲")];
                self.say("create", self.who.submit(&form, filled)).await?;
            }
            1 => {
                let reply = self.who.slash("game create", [("name", name.as_str())]);
                self.say("create", reply).await?;
            }
            _ => self.create_advanced(&name).await?,
        }
        let known = Known { name, archived: false };
        self.ground.book.write(|pages| pages.games.push(known));
        Ok(())
    }

    async fn create_advanced(&mut self, name: &str) -> Told<()> {
        let what = "create (advanced)";
        let form = self.form(what, self.who.slash("game advanced", NO_OPTIONS)).await?;
        let Ok(CustomId::Draft(_, draft)) = form.custom_id.parse() else {
            return Err("not a form of a draft".to_owned());
        };
        let id = |part| CustomId::Draft(part, draft.clone());
        let texts = [(field::NAME, name), (field::CAPACITY, "4"), (field::COLOUR, "red")];
        let mut page = self.say(what, self.who.submit(&form, texts)).await?;
        let choices: [(DraftPart, Vec<&str>); 3] = [
            (DraftPart::Admission, vec![self.dice.pick(&["open", "approval"]).unwrap_or("open")]),
            (DraftPart::Channels, self.text_channels()),
            (DraftPart::Voice, vec![self.dice.pick(&["1", "2", "3"]).unwrap_or("1")]),
        ];
        for (part, values) in choices {
            let reply = self.who.select(&page, &id(part).to_string(), &values);
            page = self.say(what, reply).await?;
        }
        page = self.say(what, self.press(&page, &id(DraftPart::Preview))).await?;
        self.say(what, self.press(&page, &id(DraftPart::Confirm))).await.map(drop)
    }

    fn text_channels(&mut self) -> Vec<&'static str> {
        let mut chosen = vec!["channel:chat"];
        chosen.extend(
            ["channel:lfg", "channel:announcements"].into_iter().filter(|_| self.dice.percent(40)),
        );
        chosen
    }

    /// The page where a game is changed, and the control on it that does this.
    async fn page(&mut self, what: &'static str, act: GameAct) -> Told<(MessageView, String)> {
        let game = self.game(|known| !known.archived)?;
        let page = self.say(what, self.who.slash("game edit", [("game", game)])).await?;
        let buttons = page.buttons().into_iter().map(|button| button.custom_id);
        let selects = page.selects().into_iter().map(|select| select.custom_id);
        let control = buttons
            .chain(selects)
            .find(|id| matches!(id.parse(), Ok(CustomId::Game(found, _)) if found == act));
        Ok((page, control.ok_or("the page has no such control")?))
    }

    async fn reword(&mut self) -> Told<()> {
        let (page, control) = self.page("edit (texts)", GameAct::Words).await?;
        let form = self.form("edit (texts)", self.who.click(&page, &control)).await?;
        let reply = if self.dice.percent(50) {
            let name = self.ground.book.name();
            self.who.submit(&form, [(field::NAME, name)])
        } else {
            let text = format!("Every {} days", self.dice.below(30));
            self.who.submit(&form, [(field::DESCRIPTION, text)])
        };
        self.say("edit (texts)", reply).await.map(drop)
    }

    async fn choose(&mut self) -> Told<()> {
        let acts = [GameAct::Admission, GameAct::Visibility, GameAct::Channels, GameAct::Voice];
        let act = self.dice.pick(&acts).unwrap_or(GameAct::Voice);
        let (page, control) = self.page("edit (choice)", act).await?;
        let values = match act {
            GameAct::Admission => vec![self.dice.pick(&["open", "approval"]).unwrap_or("open")],
            GameAct::Visibility => {
                vec![self.dice.pick(&["everyone", "members"]).unwrap_or("members")]
            }
            GameAct::Channels => self.text_channels(),
            _ => vec![self.dice.pick(&["1", "2", "3"]).unwrap_or("1")],
        };
        let reply = self.who.select(&page, &control, &values);
        self.say("edit (choice)", reply).await.map(drop)
    }

    async fn join_by_panel(&mut self) -> Told<()> {
        let pick = CustomId::Pick(Purpose::Join, 0);
        let panel = self.panel(&pick)?;
        let page = self.say("join", self.press(&panel, &pick)).await?;
        let select = page.selects().into_iter().next().ok_or("nothing to choose from")?;
        let game = self.dice.pick(&select.options).ok_or("nothing to choose from")?;
        let reply = self.who.select(&page, &select.custom_id, &[game.value]);
        self.say("join", reply).await.map(drop)
    }

    async fn about_a_person(&mut self) -> Told<()> {
        let kinds = [
            ("approve", "game approve"),
            ("approve", "game approve"),
            ("decline", "game decline"),
            ("kick", "game remove"),
            ("appoint", "game admin-add"),
            ("dismiss", "game admin-remove"),
        ];
        let (what, command) = self.dice.pick(&kinds).ok_or("nothing")?;
        let (game, person) = (self.game(|_| true)?, self.person()?);
        let options: Options = vec![("game", game.into()), ("person", person.id().into())];
        self.say(what, self.who.slash(command, options)).await.map(drop)
    }

    async fn archive(&mut self) -> Told<()> {
        let game = self.game(|known| !known.archived)?;
        let free = self.dice.percent(40);
        let options: Options = vec![("game", game.as_str().into()), ("free", free.into())];
        self.say("archive", self.who.slash("game archive", options)).await?;
        self.know(&game, true);
        Ok(())
    }

    async fn restore(&mut self) -> Told<()> {
        let game = self.game(|known| known.archived)?;
        self.say("restore", self.who.slash("game restore", [("game", game.as_str())])).await?;
        self.know(&game, false);
        Ok(())
    }

    fn know(&self, name: &str, archived: bool) {
        self.ground.book.write(|pages| {
            for known in pages.games.iter_mut().filter(|known| known.name == name) {
                known.archived = archived;
            }
        });
    }

    async fn delete(&mut self) -> Told<()> {
        let game = self.game(|_| true)?;
        let ask = self.say("delete", self.who.slash("game delete", [("game", game.as_str())]));
        let ask = ask.await?;
        let mut buttons = ask.buttons().into_iter().map(|button| button.custom_id);
        let button = buttons
            .find(|id| matches!(id.parse(), Ok(CustomId::Game(GameAct::DeleteType, _))))
            .ok_or("it cannot be deleted")?;
        let form = self.form("delete", self.who.click(&ask, &button)).await?;
        let reply = self.who.submit(&form, [(field::CONFIRM, game.as_str())]);
        self.say("delete", reply).await?;
        self.ground.book.write(|pages| pages.games.retain(|known| known.name != game));
        Ok(())
    }

    async fn place_panel(&mut self) -> Told<()> {
        let rooms: Vec<ChannelId> = self.ground.rooms();
        let room = self.dice.pick(&rooms).ok_or("no room")?;
        let kind = self.dice.pick(&["admin", "player"]).unwrap_or("player");
        let options: Options = vec![("channel", room.into()), ("kind", kind.into())];
        self.say("panel moved", self.who.slash("setupdashboard", options)).await.map(drop)
    }

    async fn settings(&mut self) -> Told<()> {
        let reply = match self.dice.below(4) {
            0 => {
                let policy = self.dice.pick(&["repair", "repair", "accept"]).unwrap_or("repair");
                self.who.slash("settings drift-policy", [("policy", policy)])
            }
            1 => {
                let voice = i64::try_from(1 + self.dice.below(2)).unwrap_or(1);
                self.who.slash("settings default-layout", [("voice", voice)])
            }
            2 => {
                let log = self.ground.stage.channel("log")?;
                self.who.slash("settings log-channel", [("channel", log)])
            }
            _ => self.who.slash("settings view", NO_OPTIONS),
        };
        self.say("settings", reply).await.map(drop)
    }
}
