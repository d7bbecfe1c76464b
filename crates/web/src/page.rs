//! What every page has around its own content: site name, who is signed in, dates as people write them.

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
    /// The name of who is signed in; empty for the public.
    pub person: String,
    /// What the forms of the page carry.
    pub form_token: String,
    /// Addresses and names of the pages of administrators, for whoever is one.
    pub menu: Vec<(&'static str, &'static str)>,
}

impl Frame {
    /// A frame without the site's settings: for failures before they are known.
    pub fn bare() -> Self {
        Self { site: "政府信息公开".to_owned(), ..Self::default() }
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
            ..Self::default()
        }
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

/// The pages of the administrator's roles that the actor holds.
fn menu(actor: &Actor) -> Vec<(&'static str, &'static str)> {
    let system = actor.is_anywhere(Role::SystemAdministrator);
    let security = actor.is_anywhere(Role::SecurityAdministrator);
    let pages = [
        (system, ("/work/organs", "机关")),
        (system || security, ("/work/people", "人员")),
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
