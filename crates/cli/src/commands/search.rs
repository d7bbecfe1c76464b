//! `gongkai search`: finds what is public, as the page does; `rebuild` builds the index anew.

use super::{Ending, place};
use crate::args::{PlaceOptions, SearchCommand, SearchOptions};
use anyhow::Context;
use gongkai_app::App;
use gongkai_app::clock::Clock;
use gongkai_app::search::{self, Answered, Asked, Piece, Sort};
use gongkai_app::start::{StartError, open_to_read};
use serde_json::json;
use std::io::{self, Write};

/// Searches, or builds the index anew.
///
/// # Errors
/// When the installation cannot be opened, or the words cannot be searched for.
pub fn run(options: &SearchOptions) -> anyhow::Result<Ending> {
    tracing_subscriber::fmt()
        .with_writer(io::stderr)
        .with_max_level(tracing_subscriber::filter::LevelFilter::WARN)
        .init();
    let runtime = tokio::runtime::Runtime::new().context("无法启动")?;
    match &options.command {
        Some(SearchCommand::Rebuild(place)) => runtime.block_on(rebuild(place)),
        None => runtime.block_on(find(options)),
    }
}

async fn rebuild(options: &PlaceOptions) -> anyhow::Result<Ending> {
    let opened = place::opened(options).await?;
    let n_items = search::rebuild(&opened.app).await?;
    opened.app.store.close().await;
    writeln!(io::stdout(), "检索索引已重新建立，共 {n_items} 条。")?;
    Ok(Ending::Done)
}

/// While another process works on the installation, its index is read as it stands.
async fn look(options: &SearchOptions) -> anyhow::Result<App> {
    let app = open_to_read(&place::of(&options.place), Clock::Machine).await?;
    let n_behind = search::look(&app).await?;
    if 0 < n_behind {
        writeln!(io::stderr(), "检索索引比数据库落后 {n_behind} 条记录，稍后再查可能不同")?;
    }
    Ok(app)
}

async fn find(options: &SearchOptions) -> anyhow::Result<Ending> {
    let (app, _opened) = match place::opened(&options.place).await {
        Ok(opened) => {
            search::catch_up(&opened.app).await?;
            (opened.app.clone(), Some(opened))
        }
        Err(StartError::InUse(_)) => (look(options).await?, None),
        Err(error) => return Err(error.into()),
    };
    let asked = Asked {
        words: options.words.join(" "),
        sort: if options.by_date { Sort::Date } else { Sort::Relevance },
        page: options.page,
        ..Asked::default()
    };
    let answered = search::search(&app, &asked).await?;
    app.store.close().await;
    if options.json {
        print_json(&answered)?
    } else {
        print(&answered)?
    }
    Ok(Ending::Done)
}

fn text(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

fn print(answered: &Answered) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    for hit in &answered.hits {
        let published = hit.item.standing.since().map(gongkai_domain::time::china_date);
        let published = published.map(|day| day.to_string()).unwrap_or_default();
        writeln!(out, "{published}  {}\n            {}", text(&hit.title), text(&hit.snippet))?;
        writeln!(out, "            /items/{}", hit.item.id)?;
    }
    let Answered { n_hits, n_exact, page, n_pages, .. } = answered;
    let near = if n_exact < n_hits {
        format!("，其中完全符合的 {n_exact} 条")
    } else {
        String::new()
    };
    writeln!(io::stderr(), "找到 {n_hits} 条{near}；第 {page} 页，共 {n_pages} 页")?;
    Ok(())
}

fn print_json(answered: &Answered) -> anyhow::Result<()> {
    let hit = |hit: &search::Hit| {
        let content = hit.item.public.as_ref().map(|public| &public.content);
        json!({
            "id": hit.item.id.as_str(),
            "address": format!("/items/{}", hit.item.id),
            "title": text(&hit.title),
            "snippet": text(&hit.snippet),
            "organ": hit.item.organ.as_str(),
            "kind": hit.item.kind,
            "index_number": hit.item.index_number,
            "document_number": content.and_then(|content| content.document_number.clone()),
            "validity": hit.validity,
            "published_at": hit.item.standing.since().map(|at| at.to_string()),
        })
    };
    let all = json!({
        "n_hits": answered.n_hits,
        "n_exact": answered.n_exact,
        "page": answered.page,
        "n_pages": answered.n_pages,
        "hits": answered.hits.iter().map(hit).collect::<Vec<_>>(),
    });
    writeln!(io::stdout(), "{}", serde_json::to_string_pretty(&all)?)?;
    Ok(())
}
