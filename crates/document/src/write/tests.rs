//! What every writer promises.

use super::{Grid, Paper, Part, Purpose, Slot, fragment, page, workbook};
use crate::{Block, Document, Limits};

fn paper() -> Paper {
    let grid = Grid {
        name: "表一".to_owned(),
        widths: vec![2, 1, 1],
        n_head_rows: 2,
        rows: vec![
            vec![
                Slot::new(Purpose::ColumnHead, "事项").spanning(1, 2),
                Slot::new(Purpose::ColumnHead, "数量").spanning(2, 1),
            ],
            vec![Slot::new(Purpose::ColumnHead, "甲"), Slot::new(Purpose::ColumnHead, "乙")],
            vec![
                Slot::new(Purpose::RowHead, "<某>&项"),
                Slot::datum("a", Some("13713.89".to_owned())),
                Slot::datum("b", None),
            ],
        ],
    };
    Paper {
        title: "某\"报告\"".to_owned(),
        author: "某局".to_owned(),
        parts: vec![
            Part::Title("某报告".to_owned()),
            Part::Heading("一、总说".to_owned()),
            Part::Paragraph("文字 <b> & 其他。".to_owned()),
            Part::Table(grid.clone()),
            Part::Table(Grid { name: "表二".to_owned(), ..grid }),
        ],
        data: vec![("a".to_owned(), Some("13713.89".to_owned())), ("b".to_owned(), None)],
    }
}

/// Rows of text and spans.
type Cells = Vec<Vec<(String, usize, usize)>>;

/// The cells of every table.
fn tables(bytes: &[u8]) -> Vec<Cells> {
    let document: Document = crate::read(bytes, &Limits::default()).unwrap();
    let cells = |row: &Vec<crate::Cell>| {
        row.iter().map(|cell| (cell.text.clone(), cell.column_span, cell.row_span)).collect()
    };
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table.rows.iter().map(cells).collect()),
        Block::Paragraph(_) => None,
    });
    tables.collect()
}

fn first_table(bytes: &[u8]) -> Cells {
    tables(bytes).remove(0)
}

fn files() -> [Vec<u8>; 2] {
    let paper = paper();
    [page(&paper, "").into_bytes(), workbook(&paper).unwrap()]
}

#[test]
fn merged_cells_and_blanks_come_back_from_every_format() {
    let cell = |text: &str, columns, rows| (text.to_owned(), columns, rows);
    let expected = [
        vec![cell("事项", 1, 2), cell("数量", 2, 1)],
        vec![cell("甲", 1, 1), cell("乙", 1, 1)],
        vec![cell("<某>&项", 1, 1), cell("13713.89", 1, 1), cell("—", 1, 1)],
    ];
    let [html, workbook] = files();
    assert_eq!(first_table(&html), expected);
    assert_eq!(tables(&workbook)[1], expected);
}

#[test]
fn two_tables_stay_two() {
    for bytes in files() {
        let document = crate::read(&bytes, &Limits::default()).unwrap();
        let tables = document.blocks.iter().filter(|block| matches!(block, Block::Table(_)));
        assert!(2 <= tables.count());
    }
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    assert_eq!(files(), files());
}

#[test]
fn what_is_written_is_escaped_and_links_stand_at_what_is_known() {
    let link = |key: &str| Some(format!("/figures?key={key}&x=\"1\""));
    let html = fragment(&paper(), &link);
    assert!(html.contains("文字 &lt;b&gt; &amp; 其他。"), "{html}");
    assert!(
        html.contains("data-key=\"a\"><a href=\"/figures?key=a&amp;x=&quot;1&quot;\">13713.89")
    );
    assert!(html.contains("data-key=\"b\">—</td>"), "{html}");
    assert!(!html.contains("style"), "a site forbids it");
}
