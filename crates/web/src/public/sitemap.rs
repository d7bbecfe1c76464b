//! The map of the site: for robots in parts of at most 50,000 addresses, for people as a page.

use super::feed::text;
use crate::answer::{Answer, Failure, html};
use crate::page::{Frame, day};
use crate::public::columns::{self, column};
use crate::public::site::Site;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use gongkai_app::items::{Filter, Page};
use gongkai_app::site::{Stop, lists};
use gongkai_app::{App, AppError};
use gongkai_domain::organ::Organ;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};
use std::io;

/// The most addresses of one part, by the protocol.
const PART: i64 = 50_000;
const PROTOCOL: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// An address with the day it was last changed, where that is known.
type Address = (String, Option<String>);

#[derive(Template)]
#[template(path = "public/site_map.html")]
pub(super) struct SiteMap {
    pub frame: Frame,
    pub organs: Vec<Organ>,
}

/// The page for people.
pub async fn page(Site { app, frame }: Site) -> Answer {
    html(&SiteMap { frame, organs: app.organs().await? })
}

fn site(app: &App) -> &str {
    app.config.site.address.trim_end_matches('/')
}

/// The index: the columns and organs, then the items in parts.
pub async fn index(State(app): State<App>) -> Answer {
    let n_items = lists::count(&app, &Filter::default()).await?;
    let names = (0..=parts(n_items)).map(|number| format!("{}/sitemaps/{number}", site(&app)));
    sent("sitemapindex", "sitemap", names.map(|name| (name, None)))
}

/// How many parts so many items need.
fn parts(n_items: i64) -> i64 {
    (n_items + PART - 1) / PART
}

/// Part nought is the columns and organs, the others are items.
pub async fn part(State(app): State<App>, Path(number): Path<i64>) -> Answer {
    if number == 0 {
        return columns_and_organs(&app).await;
    }
    let n_items = lists::count(&app, &Filter::default()).await?;
    if !(1..=parts(n_items)).contains(&number) {
        return Err(Failure(AppError::NotFound("这一部分网站地图")));
    }
    let stops = lists::stops(&app, Page { skip: (number - 1) * PART, limit: PART }).await?;
    let address =
        |stop: Stop| (format!("{}/items/{}", site(&app), stop.id), Some(day(stop.published_at)));
    sent("urlset", "url", stops.into_iter().map(address))
}

async fn columns_and_organs(app: &App) -> Answer {
    let organs = app.organs().await?;
    let columns = columns::all().iter().map(|column| column.address.to_owned());
    let guide = column("guide").map_or("", |column| column.address);
    let organs = organs.iter().flat_map(|organ| {
        [format!("/organs/{}", organ.id), format!("/organs/{}{guide}", organ.id)]
    });
    let all = ["/".to_owned(), "/open-data".to_owned()].into_iter().chain(columns).chain(organs);
    sent("urlset", "url", all.map(|path| (format!("{}{path}", site(app)), None)))
}

fn sent(root: &str, each: &str, addresses: impl Iterator<Item = Address>) -> Answer {
    let bytes = written(root, each, addresses)
        .map_err(|error| Failure(AppError::Broken(format!("没有写出网站地图：{error}"))))?;
    Ok(([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], bytes).into_response())
}

fn written(
    root: &str,
    each: &str,
    mut addresses: impl Iterator<Item = Address>,
) -> io::Result<Vec<u8>> {
    let mut xml = Writer::new(Vec::new());
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element(root).with_attribute(("xmlns", PROTOCOL)).write_inner_content(|xml| {
        addresses.try_for_each(|(address, changed)| {
            xml.create_element(each).write_inner_content(|xml| {
                text(xml, "loc", &address)?;
                changed.map_or(Ok(()), |day| text(xml, "lastmod", &day))
            })?;
            Ok(())
        })
    })?;
    Ok(xml.into_inner())
}

/// What robots may visit: the public site.
pub async fn robots(State(app): State<App>) -> Response {
    format!(
        "User-agent: *\nDisallow: /work\nDisallow: /sign-in\nDisallow: /leaving\n\
         Sitemap: {}/sitemap.xml\n",
        site(&app)
    )
    .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_never_holds_more_than_the_protocol_allows() {
        let cases = [(0, 0), (1, 1), (PART, 1), (PART + 1, 2)];
        for (n_items, expected) in cases {
            assert_eq!(parts(n_items), expected);
        }
    }

    #[test]
    fn an_address_is_escaped() {
        let one = [("http://a.example/?a=1&b=2".to_owned(), None)].into_iter();
        let text =
            String::from_utf8(written("urlset", "url", one).expect("written")).expect("text");
        assert!(text.ends_with("<url><loc>http://a.example/?a=1&amp;b=2</loc></url></urlset>"));
    }
}
