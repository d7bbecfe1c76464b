//! 一次性表单: a form that makes something carries a ticket, and sending it twice makes it once. The
//! second sending leads to what the first one made; one with other content is told so.

use crate::caller::Caller;
use crate::{App, AppError, secret};
use gongkai_store::sealed::REQUEST_PERSONAL;
use gongkai_store::{Transaction, events, tickets};

/// The length of a ticket, in signs.
const LENGTH: usize = 64;
/// For how many days a second sending is known as one: our own choice, longer than any page stays open.
pub(crate) const KEPT_DAYS: i64 = 30;

/// A ticket for one form.
pub fn ticket() -> String {
    secret::token()
}

/// A form that was sent: its ticket and what it says, both as keyed hashes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sending {
    name: String,
    content: String,
}

impl Sending {
    /// A form of somebody, with its ticket and all it says.
    ///
    /// # Errors
    /// When it carries no ticket.
    pub fn of(app: &App, caller: &Caller, ticket: &str, content: &str) -> Result<Self, AppError> {
        if ticket.len() != LENGTH || !ticket.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            let message = "这个页面已经过期，没有登记；请核对下面的内容，再按一次登记";
            return Err(AppError::invalid("ticket", message));
        }
        let name = secret::kept_name(&format!("{}\n{ticket}", caller.actor.person));
        let content = app.vault.blind(&REQUEST_PERSONAL, &format!("form\n{name}\n{content}"));
        Ok(Self { name, content })
    }

    /// What was made with it already; whoever asks stands in line until the transaction ends, so that
    /// of two sendings at once one makes it and the other finds it.
    ///
    /// # Errors
    /// When the form said something else the first time, or the store fails.
    pub(crate) async fn made(
        &self,
        transaction: &mut Transaction,
    ) -> Result<Option<String>, AppError> {
        events::stand_in_line(transaction).await?;
        match tickets::find(transaction, &self.name).await? {
            None => Ok(None),
            Some(made) if made.content == self.content => Ok(Some(made.thing)),
            Some(_) => {
                let message = "这份表单已经登记过，之后内容又有改动，改动没有登记。\
                    要改已经登记的，请到它的页面办理；确实是另外一件的，请核对后再按一次登记";
                Err(AppError::invalid("ticket", message))
            }
        }
    }

    /// Keeps what was made with it.
    ///
    /// # Errors
    /// When the store fails.
    pub(crate) async fn keep(
        &self,
        app: &App,
        transaction: &mut Transaction,
        thing: &str,
    ) -> Result<(), AppError> {
        let made = tickets::Made { thing: thing.to_owned(), content: self.content.clone() };
        Ok(tickets::add(transaction, &self.name, &made, app.clock.now()).await?)
    }
}
