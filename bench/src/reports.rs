//! Made-up reports of the 2021 form with figures that agree, as text and as a web page.

use gongkai_domain::form::{Layout, Table, TableKind, forms, section_titles};
use std::fmt::Write;

const NUMERALS: [&str; 6] = ["一", "二", "三", "四", "五", "六"];

const PROSE: &str = "本机关坚持以公开为常态、不公开为例外，把政府信息公开工作摆在重要位置，\
    健全工作制度，明确责任分工，加强信息发布审核，确保内容准确、表述规范、更新及时。\
    下一步将继续加强业务培训，拓宽公开渠道，回应群众关切，不断提高工作质量。";

struct Grid {
    rows: Vec<Vec<String>>,
}

/// A text as it is copied from a web page: cells between bars.
pub fn text(seed: u32) -> String {
    let mut text = String::new();
    for part in parts(seed) {
        match part {
            Part::Heading(words) | Part::Prose(words) => text.push_str(&words),
            Part::Table(grid) => {
                let rows: Vec<String> =
                    grid.rows.iter().map(|row| format!("{} |", row.join(" | "))).collect();
                text.push_str(&rows.join("\n"));
            }
        }
        text.push('\n');
    }
    text
}

/// A web page with the furniture that such pages have.
pub fn html(seed: u32) -> String {
    let mut body = String::new();
    for part in parts(seed) {
        // Writing to a string does not fail.
        let _ = match part {
            Part::Heading(words) => writeln!(body, "<p><strong>{words}</strong></p>"),
            Part::Prose(words) => writeln!(
                body,
                "<p style=\"text-indent: 2em; line-height: 2em;\"><span style=\"font-family: \
                 仿宋; font-size: 16pt;\">{words}</span></p>"
            ),
            Part::Table(grid) => writeln!(body, "{}", html_table(&grid)),
        };
    }
    let links: String = (0..120)
        .map(|number| {
            format!(
                "<li class=\"item\"><a href=\"/col/col{number}/index.html\">栏目{number}</a></li>\n"
            )
        })
        .collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">\
         <title>{} 年度报告</title><style>.item {{ float: left }}</style></head>\n\
         <body><div class=\"nav\"><ul>{links}</ul></div>\n<div class=\"article\">{body}</div>\n\
         <div class=\"footer\"><ul>{links}</ul></div></body></html>\n",
        agency(seed)
    )
}

fn html_table(grid: &Grid) -> String {
    let style = "border: 1px solid #000; padding: 0 7px; text-align: center;";
    let mut text = "<table style=\"border-collapse: collapse;\"><tbody>\n".to_owned();
    for row in &grid.rows {
        text.push_str("<tr>");
        for cell in row {
            let _ = write!(text, "<td style=\"{style}\"><p><span>{cell}</span></p></td>");
        }
        text.push_str("</tr>\n");
    }
    text + "</tbody></table>"
}

enum Part {
    Heading(String),
    Prose(String),
    Table(Grid),
}

fn agency(seed: u32) -> String {
    format!("某市第{}局", seed / 4 + 1)
}

fn parts(seed: u32) -> Vec<Part> {
    let form = forms().last().expect("there are forms");
    let received = seed % 17;
    let mut parts = vec![Part::Heading(format!(
        "{}{}年政府信息公开工作年度报告",
        agency(seed),
        2021 + seed % 4
    ))];
    for (title, numeral) in section_titles().iter().zip(NUMERALS) {
        parts.push(Part::Heading(format!("{numeral}、{}", title.title)));
        match form.tables.iter().find(|table| table.section == title.number) {
            Some(table) => parts.extend(grids(table, received).into_iter().map(Part::Table)),
            None => parts.extend(prose(title.number, seed, received)),
        }
    }
    parts
}

fn prose(section: u8, seed: u32, received: u32) -> Vec<Part> {
    let counts = match section {
        1 => format!(
            "{}年，共主动公开政府信息{}条，收到政府信息公开申请{received}件，办结{received}件。",
            2021 + seed % 4,
            seed % 900 + 100
        ),
        _ => "本年度没有收取信息处理费。".to_owned(),
    };
    let first = format!("（一）{PROSE}");
    let second = format!("（二）{PROSE}{}", agency(seed));
    [counts, first, second].into_iter().map(Part::Prose).collect()
}

fn grids(table: &Table, received: u32) -> Vec<Grid> {
    let figure = |row: &str, column: &str| {
        let counts = table.kind == TableKind::Requests
            && ["received", "disclosed", "closed_total"].contains(&row)
            && ["natural", "total"].contains(&column);
        if counts { received.to_string() } else { "0".to_owned() }
    };
    let row = |index: usize| {
        let row = &table.rows[index];
        table.columns(index).iter().map(move |column| figure(&row.key, &column.key))
    };
    let heads = |block: usize| table.blocks[block].columns.iter().map(|each| each.label.clone());
    match table.layout {
        Layout::OneLine => {
            let blocks = table.rows.iter().map(|row| row.label.clone()).collect();
            let heads = table.rows.iter().flat_map(|row| heads(row.block)).collect();
            let figures = (0..table.rows.len()).flat_map(row).collect();
            vec![Grid { rows: vec![blocks, heads, figures] }]
        }
        Layout::Blocks | Layout::Rows => (0..table.blocks.len())
            .map(|block| {
                let corner = table.corner.clone().unwrap_or_default();
                let caption = table.blocks[block].caption.iter().map(|words| vec![words.clone()]);
                let head = [corner].into_iter().chain(heads(block)).collect();
                let body = (0..table.rows.len())
                    .filter(|index| table.rows[*index].block == block)
                    .map(|index| {
                        [table.rows[index].label.clone()].into_iter().chain(row(index)).collect()
                    });
                Grid { rows: caption.chain([head]).chain(body).collect() }
            })
            .collect(),
    }
}
