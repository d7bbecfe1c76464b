//! The notice on leaving the site: it shows where a link leads and goes nowhere by itself.

use crate::answer::{Answer, Failure, html};
use crate::page::Frame;
use crate::public::links::host;
use crate::public::site::Site;
use askama::Template;
use axum::extract::Query;
use gongkai_app::AppError;
use serde::Deserialize;

/// Where to.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    to: String,
}

#[derive(Template)]
#[template(path = "public/leaving.html")]
pub(super) struct Leaving {
    pub frame: Frame,
    pub address: String,
    pub host: String,
}

/// The longest address that is shown, in bytes.
const LONGEST: usize = 2048;

/// Shows the notice; anything but a plain web address is refused.
pub async fn show(Site { frame, .. }: Site, Query(Asked { to }): Query<Asked>) -> Answer {
    let host = host(&to).filter(|_| to.len() <= LONGEST).map(str::to_owned);
    let host = host.ok_or_else(|| {
        Failure(AppError::invalid("to", "要前往的地址不是普通的网页地址，为安全起见没有打开"))
    })?;
    html(&Leaving { frame, address: to, host })
}
