//! Areas of the pages of a file are marked, by dragging or as four numbers; what is marked goes.

use super::id;
use super::marks::typed as marks_of;
use super::typed::Typed;
use crate::answer::{Answer, Failure, go, html, mendable};
use crate::current::{Checked, Signed};
use crate::page::Frame;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use gongkai_app::requests::areas::{self, PercentArea, Sheets};
use gongkai_app::requests::release;
use gongkai_app::sign_in::Current;
use gongkai_app::{App, AppError};

/// Rows that stand there empty, for areas yet to be marked.
const EMPTY_ROWS: usize = 4;

/// The fields of a row, in order.
const FIELDS: [&str; 5] = ["area_page", "area_left", "area_top", "area_right", "area_bottom"];

/// An area as it is typed: page, left, top, right, bottom.
type Row = [String; 5];

#[derive(Template)]
#[template(path = "work/requests/areas.html")]
struct AreasPage {
    frame: Frame,
    request: String,
    sheets: Sheets,
    rows: Vec<Row>,
    words: String,
    seen: String,
    problem: Option<String>,
}

/// The rows of a form that say something.
fn rows(form: &Typed) -> Vec<Row> {
    let columns = FIELDS.map(|name| form.all(name).map(|text| text.trim().to_owned()).collect());
    let [pages, lefts, tops, rights, bottoms]: [Vec<String>; 5] = columns;
    let sides = lefts.into_iter().zip(tops).zip(rights).zip(bottoms);
    let rows = pages
        .into_iter()
        .zip(sides)
        .map(|(page, (((left, top), right), bottom))| [page, left, top, right, bottom]);
    // The page alone is what a script or a browser left there.
    rows.filter(|row| row[1..].iter().any(|text| !text.is_empty())).collect()
}

/// The area of a row, `number` counted from 1.
fn area(number: usize, row: &Row) -> Result<PercentArea, AppError> {
    let wrong = |what: &str| AppError::invalid("areas", format!("第 {number} 个区域{what}"));
    let page = row[0].parse().map_err(|_| wrong("没有写明是第几页"))?;
    let side = |text: &String| {
        let bare = text.trim_end_matches(['%', '％']).trim();
        let side: f64 = bare.parse().map_err(|_| wrong("的四边要填 0 到 100 之间的数"))?;
        let fits = (0.0..=100.0).contains(&side);
        if fits { Ok(side) } else { Err(wrong("的四边要填 0 到 100 之间的数")) }
    };
    let (left, top) = (side(&row[1])?, side(&row[2])?);
    let (right, bottom) = (side(&row[3])?, side(&row[4])?);
    if right <= left || bottom <= top {
        return Err(wrong("的右边要大于左边，下边要大于上边"));
    }
    Ok(PercentArea { page, left, top, right, bottom })
}

/// A side as it is shown again.
fn percent(side: f64) -> String {
    format!("{}", (side * 100.0).round() / 100.0)
}

fn row_of(area: &PercentArea) -> Row {
    let [left, top, right, bottom] = [area.left, area.top, area.right, area.bottom].map(percent);
    [area.page.to_string(), left, top, right, bottom]
}

async fn page(
    (app, current): (&App, &Current),
    (request, which): (&str, &str),
    form: Option<(&Typed, String)>,
) -> Answer {
    let (caller, id) = (&current.caller, id(request)?);
    let sheets = areas::sheets(app, caller, &id, which).await?;
    let status = if form.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (mut rows, words, seen, problem) = match form {
        Some((form, problem)) => {
            (rows(form), form.text("words"), form.text("pages"), Some(problem))
        }
        None => {
            let report = release::report(&sheets.release)?;
            let areas = report.map(|report| report.areas).unwrap_or_default();
            let words = words(app, current, &id, &sheets).await?;
            (areas.iter().map(row_of).collect(), words, String::new(), None)
        }
    };
    rows.extend(std::iter::repeat_n(Row::default(), EMPTY_ROWS));
    let (frame, request) = (Frame::work(app, current), request.to_owned());
    let page = AreasPage { frame, request, sheets, rows, words, seen, problem };
    Ok((status, html(&page)?).into_response())
}

/// The words that went before; of a file not looked through yet those that are suggested.
async fn words(
    app: &App,
    current: &Current,
    id: &gongkai_domain::id::RequestId,
    sheets: &Sheets,
) -> Result<String, Failure> {
    if sheets.release.product.is_some() || sheets.problem.is_some() {
        return Ok(sheets.release.words.join("\n"));
    }
    let suggested = release::suggest(app, &current.caller, id, &sheets.release.id).await?;
    Ok(suggested.into_iter().map(|each| each.word).collect::<Vec<_>>().join("\n"))
}

/// Shows the pages and the form.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Path((request, which)): Path<(String, String)>,
) -> Answer {
    page((&app, &current), (&request, &which), None).await
}

async fn made(
    app: &App,
    current: &Current,
    (request, which): (&str, &str),
    form: &Typed,
) -> Result<(), Failure> {
    let numbered = rows(form).into_iter().enumerate();
    let areas: Result<Vec<PercentArea>, AppError> =
        numbered.map(|(at, row)| area(at + 1, &row)).collect();
    let marks = marks_of(form);
    release::redact(app, &current.caller, &id(request)?, which, marks, areas?).await?;
    Ok(())
}

/// Makes a copy without what is marked.
pub async fn make(
    State(app): State<App>,
    Path((request, which)): Path<(String, String)>,
    Checked { current, form }: Checked<Typed>,
) -> Answer {
    match made(&app, &current, (&request, &which), &form).await {
        Ok(()) => go(&format!("/work/requests/{request}/release")),
        Err(Failure(error)) => {
            let problem = mendable(error)?;
            page((&app, &current), (&request, &which), Some((&form, problem))).await
        }
    }
}

/// A page of the file as a picture; nobody keeps it.
pub async fn picture(
    State(app): State<App>,
    Signed(current): Signed,
    Path((request, which, number)): Path<(String, String, String)>,
) -> Answer {
    let number = number.parse().map_err(|_| AppError::NotFound("这一页"))?;
    let svg = areas::picture(&app, &current.caller, &id(&request)?, &which, number).await?;
    const ALONE: &str = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'";
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(ALONE)),
    ];
    Ok((headers, svg).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(texts: [&str; 5]) -> Row {
        texts.map(str::to_owned)
    }

    #[test]
    fn an_area_is_four_sides_within_a_page() {
        let read = area(1, &row(["2", "10", "20.5%", "30", "40％"])).expect("an area");
        let PercentArea { page, left, top, right, bottom } = read;
        assert_eq!((page, left, top, right, bottom), (2, 10.0, 20.5, 30.0, 40.0));
        assert_eq!(row_of(&read), row(["2", "10", "20.5", "30", "40"]));
        for wrong in [
            ["", "1", "1", "2", "2"],
            ["1", "", "1", "2", "2"],
            ["1", "3", "1", "2", "2"],
            ["1", "1", "1", "2", "101"],
            ["1", "1", "NaN", "2", "2"],
        ] {
            assert!(area(1, &row(wrong)).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_row_with_a_page_alone_is_empty() {
        let fields = FIELDS.map(|name| (name.to_owned(), String::new()));
        let mut form = Typed(fields.to_vec());
        form.0[0].1 = "1".to_owned();
        assert!(rows(&form).is_empty());
        form.0[2].1 = "5".to_owned();
        assert_eq!(rows(&form).len(), 1);
    }
}
