//! 接口令牌: the leave of programs to send records to registers, given and taken back; the secret is shown
//! once.

use crate::answer::{Answer, go, html, mendable};
use crate::current::{Checked, Signed};
use crate::page::{Frame, minute};
use crate::work::acts::Nothing;
use askama::Template;
use axum::extract::{Path, State};
use gongkai_app::reports::registers::tokens::{self, Given, RegisterToken, TokenAsked};
use gongkai_app::sign_in::Current;
use gongkai_app::{App, AppError};
use gongkai_domain::organ::Organ;
use gongkai_domain::register::{Line, line_of, lines};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

/// What is asked for, as it is filled in.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Filled {
    organ: String,
    name: String,
    register: Vec<String>,
    expires_on: String,
}

/// A token as it is shown.
struct Row {
    id: String,
    name: String,
    organ: String,
    registers: String,
    made: String,
    expires_on: String,
    used: String,
    state: &'static str,
    is_good: bool,
}

#[derive(Template)]
#[template(path = "work/admin/tokens.html")]
struct Page {
    frame: Frame,
    rows: Vec<Row>,
    organs: Vec<Organ>,
    lines: Vec<Line>,
    filled: Filled,
    problem: Option<String>,
}

#[derive(Template)]
#[template(path = "work/admin/token_once.html")]
struct Once {
    frame: Frame,
    given: Given,
    site: String,
    register: String,
}

impl Page {
    fn is_chosen(&self, register: &str) -> bool {
        self.filled.register.iter().any(|each| each == register)
    }
}

fn row(token: &RegisterToken, organs: &[Organ], today: Date) -> Row {
    let organ = organs.iter().find(|organ| organ.id == token.organ);
    let names = token.registers.iter().filter_map(|key| Some(line_of(key)?.name));
    Row {
        id: token.id.clone(),
        name: token.name.clone(),
        organ: organ.map(|organ| organ.short_name.clone()).unwrap_or_default(),
        registers: names.collect::<Vec<_>>().join("、"),
        made: format!("{} {}", minute(token.made_at), token.made_by),
        expires_on: token.expires_on.to_string(),
        used: token.used_at.map(minute).unwrap_or_default(),
        state: match &token.revoked {
            Some(_) => "已撤销",
            None if token.is_good_on(today) => "有效",
            None => "已过期",
        },
        is_good: token.is_good_on(today),
    }
}

async fn page(app: &App, current: &Current, filled: Filled, problem: Option<String>) -> Answer {
    let (organs, found) = tokens::list(app, &current.caller).await?;
    let today = app.clock.today();
    html(&Page {
        frame: Frame::work(app, current),
        rows: found.iter().map(|token| row(token, &organs, today)).collect(),
        lines: lines(),
        organs,
        filled,
        problem,
    })
}

/// Shows the tokens.
pub async fn show(State(app): State<App>, Signed(current): Signed) -> Answer {
    let in_a_year = app.clock.today().saturating_add(365.days());
    let filled = Filled { expires_on: in_a_year.to_string(), ..Filled::default() };
    page(&app, &current, filled, None).await
}

fn asked(form: &Filled) -> Result<TokenAsked, AppError> {
    let organ = form.organ.parse().map_err(|_| AppError::invalid("organ", "请选择机关"))?;
    let expires_on = form.expires_on.trim().parse();
    Ok(TokenAsked {
        organ,
        name: form.name.clone(),
        registers: form.register.clone(),
        expires_on: expires_on
            .map_err(|_| AppError::invalid("expires_on", "请填写有效期最后一天"))?,
    })
}

/// 发放: answers with the secret, this once.
pub async fn give(State(app): State<App>, Checked { current, form }: Checked<Filled>) -> Answer {
    let given = match asked(&form) {
        Ok(asked) => tokens::give(&app, &current.caller, asked).await,
        Err(error) => Err(error),
    };
    match given {
        Ok(given) => html(&Once {
            frame: Frame::work(&app, &current),
            register: given.token.registers.first().cloned().unwrap_or_default(),
            site: app.config.site.address.trim_end_matches('/').to_owned(),
            given,
        }),
        Err(error) => {
            let problem = mendable(error)?;
            page(&app, &current, form, Some(problem)).await
        }
    }
}

/// 撤销.
pub async fn revoke(
    State(app): State<App>,
    Path(id): Path<String>,
    Checked { current, .. }: Checked<Nothing>,
) -> Answer {
    tokens::revoke(&app, &current.caller, &id).await?;
    go("/work/tokens")
}
