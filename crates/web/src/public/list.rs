//! The columns that are lists: 制度, 法定主动公开内容, 年报, 政策文件库, 解读, 动态; narrowed, a page at a time.

use crate::answer::{Answer, html};
use crate::page::Frame;
use crate::public::columns::{Column, column};
use crate::public::filters::{Choices, Narrowing, choices};
use crate::public::query::{Asked, encoded};
use crate::public::rows::{Row, marked_rows};
use crate::public::site::Site;
use askama::Template;
use axum::extract::Query;
use gongkai_app::AppError;
use gongkai_app::items::Page;
use gongkai_app::site::groups::{Groups, groups};
use gongkai_app::site::lists;

/// Where a list is and what stands before and after.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pages {
    /// Which page is shown, from one.
    pub page: i64,
    /// How many there are, at least one.
    pub n_pages: i64,
    /// How many lines in all.
    pub n_lines: i64,
    /// The address of the one before.
    pub previous: Option<String>,
    /// The address of the one after.
    pub next: Option<String>,
}

#[derive(Template)]
#[template(path = "public/list.html")]
pub(super) struct List {
    pub frame: Frame,
    pub column: &'static Column,
    pub rows: Vec<Row>,
    pub choices: Choices,
    pub groups: Groups,
    pub asked: Asked,
    pub pages: Pages,
    pub feed: String,
}

const LINES: i64 = 20;

impl Pages {
    /// The pages of a list of so many lines.
    pub fn of(asked: &Asked, list: &str, n_lines: i64) -> Self {
        let n_pages = 1.max((n_lines + LINES - 1) / LINES);
        let page = asked.page();
        Self {
            page,
            n_pages,
            n_lines,
            previous: (1 < page).then(|| asked.address(list, n_pages.min(page - 1))),
            next: (page < n_pages).then(|| asked.address(list, page + 1)),
        }
    }
}

async fn show(site: Site, asked: Asked, key: &str, narrowing: Narrowing) -> Answer {
    let Site { app, frame } = site;
    let column = column(key).ok_or(AppError::NotFound("这个栏目"))?;
    let organs = app.organs().await?;
    let filter = asked.filter(&column.kinds, app.clock.today());
    let part = Page { skip: (asked.page() - 1) * LINES, limit: LINES };
    let (lines, n_lines) = lists::lines(&app, &filter, part).await?;
    let validities = lists::validities(&app, &lines).await?;
    let whole = Asked::default().filter(&column.kinds, app.clock.today());
    let years = lists::years(&app, &whole).await?;
    let grouped = match narrowing.groups {
        true => {
            groups(
                &app,
                &Asked { organ: asked.organ.clone(), ..Asked::default() }
                    .filter(&column.kinds, app.clock.today()),
            )
            .await?
        }
        false => Groups::default(),
    };
    html(&List {
        frame,
        rows: marked_rows(lines, &organs, &validities),
        choices: choices(&asked, narrowing, column, &organs, &years),
        groups: grouped,
        pages: Pages::of(&asked, column.address, n_lines),
        feed: format!("/feed.xml?column={key}&organ={}", encoded(&asked.organ)),
        asked,
        column,
    })
}

/// 政府信息公开制度.
pub async fn rules(site: Site, Query(asked): Query<Asked>) -> Answer {
    show(site, asked, "rules", Narrowing { validity: true, ..Narrowing::default() }).await
}

/// 法定主动公开内容, with its groups.
pub async fn statutory(site: Site, Query(asked): Query<Asked>) -> Answer {
    show(site, asked, "statutory", Narrowing { kind: true, groups: true, ..Narrowing::default() })
        .await
}

/// 政府信息公开年报.
pub async fn annual_reports(site: Site, Query(asked): Query<Asked>) -> Answer {
    show(site, asked, "annual_reports", Narrowing::default()).await
}

/// 政策文件库, with validity and document number.
pub async fn policies(site: Site, Query(asked): Query<Asked>) -> Answer {
    let narrowing = Narrowing { kind: true, validity: true, number: true, groups: false };
    show(site, asked, "policies", narrowing).await
}

/// 政策解读.
pub async fn interpretations(site: Site, Query(asked): Query<Asked>) -> Answer {
    show(site, asked, "interpretations", Narrowing::default()).await
}

/// 工作动态, beside the platform.
pub async fn news(site: Site, Query(asked): Query<Asked>) -> Answer {
    show(site, asked, "news", Narrowing::default()).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_of_a_list_end_where_it_ends() {
        let on = |page: &str| Asked { page: page.to_owned(), ..Asked::default() };
        let empty = Pages::of(&on(""), "/rules", 0);
        assert_eq!((empty.n_pages, empty.previous, empty.next), (1, None, None));
        let full = Pages::of(&on("1"), "/rules", LINES);
        assert_eq!((full.n_pages, full.next), (1, None));
        let more = Pages::of(&on("1"), "/rules", LINES + 1);
        assert_eq!(more.next.as_deref(), Some("/rules?page=2"));
        let beyond = Pages::of(&on("99"), "/rules", LINES + 1);
        assert_eq!((beyond.previous.as_deref(), beyond.next), (Some("/rules?page=2"), None));
    }
}
