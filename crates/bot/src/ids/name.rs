//! What a control is called in metrics: our own words only, whatever it carries.

use super::CustomId;

impl CustomId {
    /// A short name of what is meant.
    pub fn name(&self) -> String {
        let (whole, part) = match self {
            Self::CreateSimple => ("create_simple", ""),
            Self::SimpleModal => ("create_simple_form", ""),
            Self::CreateAdvanced => ("create_advanced", ""),
            Self::Draft(part, _) => ("draft", part.word()),
            Self::Pick(purpose, _) => ("pick", purpose.word()),
            Self::Picked(purpose, _) => ("picked", purpose.word()),
            Self::Refresh(_) => ("panel_refresh", ""),
            Self::Repost(_) => ("panel_repost", ""),
            Self::CheckPanel(..) => ("panel_check", ""),
            Self::List(_) => ("list", ""),
            Self::MyGames(_) => ("my_games", ""),
            Self::Game(act, _) => ("game", act.word()),
            Self::GameWords(..) => ("game_words", ""),
            Self::Members(..) => ("members", ""),
            Self::Seat(act, ..) => ("seat", act.word()),
            Self::Server(act, _) => ("server", act.word()),
            Self::ServerRights(..) => ("server_rights", ""),
            Self::Audit(part, _) => ("audit", part.word()),
            Self::Settings(part) => ("settings", part.word()),
            Self::Help => ("help", ""),
            Self::Close => ("close", ""),
        };
        let mut name = whole.to_owned();
        for letter in part.chars() {
            if letter.is_ascii_uppercase() {
                name.push('_');
            }
            name.push(letter.to_ascii_lowercase());
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use domain::GameId;

    use super::CustomId;
    use crate::ids::GameAct;

    #[test]
    fn names_say_what_is_meant_and_of_nothing_else() {
        let name = CustomId::Game(GameAct::ArchiveAsk, GameId(7)).name();
        assert_eq!(name, "game_archive_ask");
        assert_eq!(CustomId::MyGames(9).name(), "my_games");
    }
}
