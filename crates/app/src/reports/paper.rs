//! The paper of a report: texts with their fields worked out, figures, explanations; in every format.

use super::act::{Ground, ground, load};
use super::view::previous_figures;
use super::{Draft, Format, view};
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::figure::Figures;
use gongkai_domain::filing::{Concern, Filing};
use gongkai_domain::id::OrganId;
use gongkai_domain::report::field::{Context, render};
use gongkai_domain::time::china_date;
use gongkai_papers::annual_report::write::{official, write};

/// What is said before an explanation that is printed.
const EXPLAINED: &str = "关于与上年报告衔接的说明：";

/// The draft of a filing, and the faults of its fields as concerns.
pub(super) fn draft(
    filing: &Filing,
    previous: Option<&Figures>,
) -> Result<(Draft, Vec<Concern>), AppError> {
    let mut draft = Draft::new(filing.agency.clone(), filing.year)
        .map_err(|error| AppError::invalid("year", error.to_string()))?;
    draft.figures = filing.figures.clone();
    let context = Context { year: filing.year, figures: &filing.figures, previous };
    let mut faults = Vec::new();
    for (number, (text, section)) in filing.texts.iter().zip(&mut draft.sections).enumerate() {
        match render(text, &context) {
            Ok(rendered) => *section = rendered.text.lines().map(str::to_owned).collect(),
            Err(found) => {
                // As it was typed, so that the paper shows where it is.
                *section = text.lines().map(str::to_owned).collect();
                let said = |fault: &dyn std::fmt::Display| {
                    format!("第{}部分{fault}", ["一", "二", "三", "四", "五", "六"][number])
                };
                let hint = "请在正文里改正这个数字字段。";
                faults.extend(found.iter().map(|each| Concern::fault("field", said(each), hint)));
            }
        }
    }
    if let Some(handing) = filing.handed_in().filter(|_| filing.is_locked()) {
        draft.signed_on = Some(china_date(handing.at));
    }
    Ok((draft, faults))
}

/// The draft with the explanations that are printed.
pub(super) fn with_explanations(mut draft: Draft, filing: &Filing, concerns: &[Concern]) -> Draft {
    let printed = filing.printed(concerns).map(|sentence| format!("{EXPLAINED}{sentence}"));
    if let Some(last) = draft.sections.last_mut() {
        last.extend(printed);
    }
    draft
}

/// The report as a file.
///
/// # Errors
/// When the caller may not see it, nothing is compiled yet, or it cannot be written.
pub async fn file(
    app: &App,
    caller: &Caller,
    organ: &OrganId,
    year: i16,
    format: Format,
) -> Result<Vec<u8>, AppError> {
    let seen = view::view(app, caller, organ, year).await?;
    bytes(&seen.paper, format)
}

/// The report as an official paper in PDF.
///
/// # Errors
/// When the caller may not see it, or there is no Chinese font.
pub async fn pdf(
    app: &App,
    caller: &Caller,
    organ: &OrganId,
    year: i16,
) -> Result<Vec<u8>, AppError> {
    set(app, view::view(app, caller, organ, year).await?.paper).await
}

/// A paper set in PDF.
pub(super) async fn set(app: &App, paper: Draft) -> Result<Vec<u8>, AppError> {
    let known = app.clone();
    let set = tokio::task::spawn_blocking(move || official(&paper).to_pdf(known.fonts()));
    let set = set.await.map_err(|error| AppError::Broken(error.to_string()))?;
    let wrong = |error: gongkai_papers::official::PdfProblem| {
        AppError::Conflict(format!("PDF 没有排成：{error}；请安装中文字体，或者换一种格式"))
    };
    Ok(set.map_err(wrong)?.bytes)
}

/// A paper in a format.
pub(super) fn bytes(draft: &Draft, format: Format) -> Result<Vec<u8>, AppError> {
    write(draft, format).map_err(|error| AppError::Broken(error.to_string()))
}

/// The draft of an organ's report with the figures of the year before, for texts.
pub(super) async fn for_text(
    app: &App,
    caller: &Caller,
    organ: &OrganId,
    year: i16,
) -> Result<(Filing, Option<Figures>, Ground), AppError> {
    let mut reader = app.store.reader().await?;
    let ground = ground(&mut reader, caller, organ).await?;
    let filing = load(&mut reader, &ground, year).await?.filing;
    let previous = previous_figures(&mut reader, &ground, year).await?;
    Ok((filing, previous, ground))
}
