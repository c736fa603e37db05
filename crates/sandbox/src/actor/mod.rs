//! The human side, for tests and demos: guilds to set up, people who type and click, and what they then see.

mod allowed;
mod builder;
mod command;
mod component;
mod guild;
mod hand;
mod modal;
mod option;
mod parts;
mod person;
mod reply;
mod resolve;
mod text;
mod view;

pub(crate) use allowed::all_offered;
pub use builder::{BuildError, GuildBuilder};
pub use command::NO_OPTIONS;
pub use guild::GuildHandle;
pub(crate) use hand::{Spot, drag};
pub use modal::Filled;
pub use option::OptionValue;
pub use parts::{ButtonView, ChoiceView, InputView, OptionView, SelectView};
pub use person::Actor;
pub use reply::{First, Reply};
pub use view::{MessageView, ModalView};
