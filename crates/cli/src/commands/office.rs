//! `gongkai report compile` and `report hand-in`: the acts of the workplace on the command line, by
//! somebody who signs in as there.

use super::{Ending, place};
use crate::args::OfficeOptions;
use anyhow::{Context, bail};
use gongkai_app::reports::{compile, hand_in, view};
use gongkai_app::sign_in::{current, sign_in};
use gongkai_app::{App, Caller};
use gongkai_domain::figure::plain_text;
use gongkai_domain::id::OrganId;
use serde_json::json;
use std::io::{self, Write};

/// Which act.
#[derive(Clone, Copy)]
pub enum Deed {
    /// 汇总.
    Compile,
    /// 报送.
    HandIn,
}

/// Does it.
///
/// # Errors
/// When the installation cannot be opened, nobody signs in so, or the act is refused.
pub fn run(options: &OfficeOptions, deed: Deed) -> anyhow::Result<Ending> {
    let runtime = tokio::runtime::Runtime::new().context("无法启动")?;
    runtime.block_on(act(options, deed))
}

async fn act(options: &OfficeOptions, deed: Deed) -> anyhow::Result<Ending> {
    let opened = place::opened(&options.place).await?;
    let app = &opened.app;
    let caller = signed_in(app, options).await?;
    let organ = organ(app, &options.agency).await?;
    match deed {
        Deed::Compile => drop(compile::compile(app, &caller, &organ, options.year).await?),
        Deed::HandIn => drop(hand_in::hand_in(app, &caller, &organ, options.year).await?),
    }
    let seen = view::view(app, &caller, &organ, options.year).await?;
    app.store.close().await;
    print(&seen, options)?;
    let open = seen.filing.held_up_by(&seen.concerns).filter(|_| !seen.filing.is_locked());
    Ok(if open.is_some() { Ending::FoundWrong } else { Ending::Done })
}

async fn signed_in(app: &App, options: &OfficeOptions) -> anyhow::Result<Caller> {
    // Never on the command line, where every process of the machine could read it.
    let password = std::env::var("GONGKAI_PASSWORD").unwrap_or_default();
    let signed = sign_in(app, &options.login, &password, "local").await?;
    if signed.asks_second_factor {
        bail!("这个账号启用了双因素认证，请在工作台办理");
    }
    let current = current(app, &signed.token, "local").await?.context("登录没有成功")?;
    if current.must_change_password {
        bail!("这个账号要先在工作台修改密码");
    }
    Ok(current.caller)
}

async fn organ(app: &App, wanted: &str) -> anyhow::Result<OrganId> {
    let organs = app.organs().await?;
    let is_it = |organ: &&gongkai_domain::organ::Organ| {
        [organ.id.as_str(), &organ.name, &organ.short_name].contains(&wanted)
    };
    let found = organs.iter().find(is_it).map(|organ| organ.id.clone());
    found.with_context(|| format!("没有机关“{wanted}”；可写地址代号、全称或者简称"))
}

fn print(seen: &view::View, options: &OfficeOptions) -> anyhow::Result<()> {
    let filing = &seen.filing;
    let mut out = io::stdout().lock();
    if options.json {
        let concern = |each: &gongkai_domain::filing::Concern| {
            json!({ "check": each.check, "weight": each.weight.name(), "message": each.message,
                "answered": filing.given_to(&each.key).is_some() })
        };
        let all = json!({
            "agency": filing.agency,
            "year": filing.year,
            "state": filing.state.key().key(),
            "figures": filing.figures,
            "concerns": seen.concerns.iter().map(concern).collect::<Vec<_>>(),
        });
        return Ok(writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?);
    }
    writeln!(out, "{}：{}", seen.paper.title(), filing.state.name())?;
    let counted = filing.figures.iter().filter_map(|(cell, value)| Some((cell, value?)));
    for (cell, value) in counted.filter(|(_, value)| !value.is_zero()) {
        writeln!(out, "  {}：{}", view::cell_name(filing.year, cell), plain_text(value))?;
    }
    for concern in &seen.concerns {
        writeln!(out, "  [{}] {}", concern.weight.name(), concern.message)?;
    }
    if !filing.is_locked()
        && let Some(reason) = filing.held_up_by(&seen.concerns)
    {
        writeln!(out, "还不能报送：{reason}")?;
    }
    Ok(())
}
