//! What every page has around its own content: site name, who is signed in, dates as people write them.

use crate::public::columns::{self, Column};
use crate::public::query::encoded;
use gongkai_app::App;
use gongkai_app::sign_in::Current;
use gongkai_domain::access::{Actor, Role};
use gongkai_domain::time::china;
use jiff::Timestamp;

/// What stands around the content of a page.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// The name of the site.
    pub site: String,
    /// Its host, for the page tag.
    pub domain: String,
    /// 网站标识码.
    pub code: String,
    /// 主办单位.
    pub sponsor: String,
    /// How to reach it.
    pub contact: String,
    /// ICP 备案号.
    pub icp: String,
    /// 公安备案号.
    pub police: String,
    /// Where 党政机关网站标识 leads, over the notice page.
    pub emblem: String,
    /// Where 我为政府网站找错 leads, over the notice page.
    pub mistakes: String,
    /// The name of who is signed in; empty for the public.
    pub person: String,
    /// What the forms of the page carry.
    pub form_token: String,
    /// Whether all of it is a demonstration: said on every page.
    pub demo: bool,
    /// How the visitor wants to read.
    pub mode: Mode,
    /// Addresses and names of the pages of the workplace that are for whoever is signed in.
    pub menu: Vec<(&'static str, &'static str)>,
}

/// How a visitor wants to read: 适老模式 and 高对比度, each on its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Mode {
    /// Large type, wide lines, one column.
    pub elder: bool,
    /// White on black.
    pub contrast: bool,
}

tokio::task_local! {
    /// How the visitor of the request in hand wants to read, for pages that see no request.
    static READING: Mode;
}

/// Answers a request whose visitor wants to read in this mode.
pub async fn reading<F: Future>(mode: Mode, answering: F) -> F::Output {
    READING.scope(mode, answering).await
}

impl Mode {
    /// The word of the cookie.
    pub fn word(self) -> &'static str {
        match (self.elder, self.contrast) {
            (false, false) => "plain",
            (true, false) => "elder",
            (false, true) => "contrast",
            (true, true) => "elder-contrast",
        }
    }

    /// The mode of a word; anything else is the plain one.
    pub fn of_word(word: &str) -> Self {
        Self { elder: word.contains("elder"), contrast: word.contains("contrast") }
    }
}

impl Frame {
    /// A frame without the site's settings: for failures before they are known.
    pub fn bare() -> Self {
        let mode = READING.try_with(|mode| *mode).unwrap_or_default();
        Self { site: "政府信息公开".to_owned(), mode, ..Self::default() }
    }

    /// The frame of a public page.
    pub fn public(app: &App) -> Self {
        let site = &app.config.site;
        Self {
            site: site.name.clone(),
            domain: site.domain().to_owned(),
            code: site.code.clone(),
            sponsor: site.sponsor.clone(),
            contact: site.contact.clone(),
            icp: site.icp.clone(),
            police: site.police.clone(),
            emblem: leaving(&site.emblem),
            mistakes: leaving(&site.mistakes),
            demo: app.is_demo(),
            ..Self::default()
        }
    }

    /// The columns of the public site, for its navigation.
    pub fn columns(&self) -> &'static [Column] {
        columns::all()
    }

    /// The frame of a page of the workplace.
    pub fn work(app: &App, current: &Current) -> Self {
        Self {
            person: current.caller.actor.name.clone(),
            form_token: current.form_token.clone(),
            menu: menu(&current.caller.actor),
            ..Self::public(app)
        }
    }
}

/// The notice page before an address; nothing for nothing.
fn leaving(address: &str) -> String {
    if address.is_empty() { String::new() } else { format!("/leaving?to={}", encoded(address)) }
}

/// The pages of the roles that the actor holds.
fn menu(actor: &Actor) -> Vec<(&'static str, &'static str)> {
    let works = actor.posts.iter().any(|post| !post.role.is_administrator());
    let writes = actor.is_anywhere(Role::Clerk) || actor.is_anywhere(Role::DisclosureOffice);
    let system = actor.is_anywhere(Role::SystemAdministrator);
    let security = actor.is_anywhere(Role::SecurityAdministrator);
    let pages = [
        (works, ("/work/items", "信息台账")),
        (writes, ("/work/items/new", "起草")),
        (works, ("/work/requests", "依申请公开")),
        (works, ("/work/channels", "发布渠道")),
        (works, ("/work/reports", "年度报告")),
        (system, ("/work/organs", "机关")),
        (system || security, ("/work/people", "人员")),
        (security, ("/work/tokens", "接口令牌")),
        (system, ("/work/jobs", "后台任务")),
        (security || actor.is_anywhere(Role::DisclosureOffice), ("/work/chains", "审核流程")),
        (actor.is_anywhere(Role::Auditor), ("/work/audit", "审计日志")),
    ];
    pages.into_iter().filter(|(is_theirs, _)| *is_theirs).map(|(_, page)| page).collect()
}

/// `2025-03-04 09:30`, the way the website guideline wants it.
pub fn minute(instant: Timestamp) -> String {
    china(instant).strftime("%Y-%m-%d %H:%M").to_string()
}

/// `2025-03-04`.
pub fn day(instant: Timestamp) -> String {
    china(instant).date().to_string()
}
