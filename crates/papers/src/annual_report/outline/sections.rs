//! Chooses, among all lines that could head a section, those that do.

use super::heading::{Fit, Style};

/// A line that could head a section.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Its row.
    pub(super) row: usize,
    /// How its number is written.
    pub(super) style: Style,
    /// Its number as printed.
    pub(super) printed: Option<u8>,
    /// The official section its title means; `None` for other titles.
    pub(super) section: Option<u8>,
    /// How well the title fits.
    pub(super) fit: Fit,
    /// Whether it ends in a page number.
    pub(super) listed: bool,
    /// Whether nothing stands between this and the candidate before it.
    pub(super) follows: bool,
    /// Whether it stands in a table.
    pub(super) tabular: bool,
}

/// A chosen heading: the candidate and its official number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chosen {
    pub(super) candidate: usize,
    pub(super) number: Option<u8>,
}

/// The headings, in order of the document.
pub(super) fn choose(candidates: &[Candidate]) -> Vec<Chosen> {
    let usable = without_contents(candidates);
    let style = leading_style(candidates, &usable);
    let mut official = [None::<usize>; 7];
    for number in 1..=6u8 {
        official[usize::from(number)] = first_of(candidates, &usable, number, style);
    }
    for number in 1..=6u8 {
        if official[usize::from(number)].is_none() {
            official[usize::from(number)] = between(candidates, &usable, number, &official);
        }
    }
    with_others(candidates, &usable, &official)
}

/// A table of contents is a run of headings with nothing between that come again later.
fn without_contents(candidates: &[Candidate]) -> Vec<usize> {
    let titled: Vec<usize> =
        (0..candidates.len()).filter(|at| candidates[*at].section.is_some()).collect();
    let mut is_contents = vec![false; candidates.len()];
    let mut start = 0;
    while start < titled.len() {
        let mut end = start + 1;
        while end < titled.len()
            && candidates[titled[end]].follows
            && titled[end] == titled[end - 1] + 1
        {
            end += 1;
        }
        let run = &titled[start..end];
        let again = |at: &usize| {
            titled[end..].iter().any(|later| candidates[*later].section == candidates[*at].section)
        };
        if 3 <= run.len() && 2 <= run.iter().filter(|at| again(at)).count() {
            run.iter().for_each(|at| is_contents[*at] = true);
        }
        start = end;
    }
    (0..candidates.len()).filter(|at| !is_contents[*at] && !candidates[*at].listed).collect()
}

/// The style of most sections: `一、` unless there is none of it.
fn leading_style(candidates: &[Candidate], usable: &[usize]) -> Style {
    let n_of = |style: Style| {
        (1..=6u8)
            .filter(|number| {
                usable.iter().any(|at| {
                    candidates[*at].style == style && candidates[*at].section == Some(*number)
                })
            })
            .count()
    };
    [Style::Chinese, Style::Arabic, Style::Bare, Style::Bracketed]
        .into_iter()
        .max_by_key(|style| (n_of(*style), *style == Style::Chinese))
        .unwrap_or(Style::Chinese)
}

/// The heading of a section in the leading style: the one with the right number, else the best fit.
fn first_of(candidates: &[Candidate], usable: &[usize], number: u8, style: Style) -> Option<usize> {
    usable
        .iter()
        .copied()
        .filter(|at| {
            let candidate = &candidates[*at];
            candidate.section == Some(number) && candidate.style == style
        })
        .min_by_key(|at| {
            let candidate = &candidates[*at];
            (candidate.tabular, candidate.printed != Some(number), candidate.fit, *at)
        })
}

/// A heading of another style, between those of its neighbours.
fn between(
    candidates: &[Candidate],
    usable: &[usize],
    number: u8,
    official: &[Option<usize>; 7],
) -> Option<usize> {
    let number_at = usize::from(number);
    let after = official[..number_at].iter().flatten().max();
    let before = official[number_at + 1..].iter().flatten().min();
    usable.iter().copied().find(|at| {
        let candidate = &candidates[*at];
        let fits = match candidate.style {
            Style::Chinese => true,
            Style::Arabic => candidate.fit != Fit::Like,
            Style::Bracketed | Style::Bare => candidate.fit == Fit::Official,
        };
        fits && candidate.section == Some(number)
            && after.is_none_or(|after| after < at)
            && before.is_none_or(|before| at < before)
    })
}

/// Adds headings with other titles whose number goes on from the section before.
fn with_others(
    candidates: &[Candidate],
    usable: &[usize],
    official: &[Option<usize>; 7],
) -> Vec<Chosen> {
    let mut chosen: Vec<Chosen> = (1..=6u8)
        .filter_map(|number| {
            let candidate = official[usize::from(number)]?;
            Some(Chosen { candidate, number: Some(number) })
        })
        .collect();
    chosen.sort_by_key(|each| each.candidate);
    let n_official = chosen.len();
    for at in usable.iter().copied() {
        let candidate = &candidates[at];
        let is_taken = chosen.iter().any(|each| each.candidate == at);
        let Some(printed) = candidate.printed else { continue };
        if is_taken || candidate.style != Style::Chinese || candidate.tabular {
            continue;
        }
        let position = chosen.partition_point(|each| each.candidate < at);
        let printed_at = |each: &Chosen| candidates[each.candidate].printed.or(each.number);
        let before = position.checked_sub(1).map_or(Some(0), |before| printed_at(&chosen[before]));
        let after = chosen.get(position).and_then(printed_at);
        if before.map(|before| before + 1) == Some(printed)
            && after.is_none_or(|after| printed < after)
        {
            let number = stands_for(printed, position, &chosen).filter(|_| 4 <= n_official);
            chosen.insert(position, Chosen { candidate: at, number });
        }
    }
    chosen
}

/// The official number that a heading with another title stands for: nothing else has it, and its
/// neighbours are the official neighbours.
fn stands_for(printed: u8, position: usize, chosen: &[Chosen]) -> Option<u8> {
    let is_free = printed <= 6 && chosen.iter().all(|each| each.number != Some(printed));
    let before = position.checked_sub(1).map_or(Some(0), |before| chosen[before].number);
    let after = chosen.get(position).map_or(Some(7), |after| after.number);
    (is_free && before == printed.checked_sub(1) && after == Some(printed + 1)).then_some(printed)
}
