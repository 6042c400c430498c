//! Rules over the whole tree, as functions from sources to findings.

mod finding;
mod rules;
mod rust;
mod statement;
mod tree;

use finding::Finding;
use tree::Tree;

fn holds(rule: fn(&Tree) -> Vec<Finding>) {
    let findings = rule(&Tree::of_this_repository());
    let told: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "{} findings:\n{}", told.len(), told.join("\n"));
}

#[test]
fn every_source_parses() {
    holds(rules::parses::check);
}

#[test]
fn packages_depend_only_on_whom_they_may() {
    holds(rules::depends::check);
}

#[test]
fn domain_and_protocol_are_pure_and_the_client_reaches_the_world_through_ports() {
    holds(rules::pure::check);
}

#[test]
fn phone_and_server_start_threads_and_read_clocks_in_few_places() {
    holds(rules::threads::check);
}

#[test]
fn only_the_bindings_know_of_uniffi() {
    holds(rules::foreign::check);
}

#[test]
fn files_and_functions_are_small() {
    holds(rules::size::check);
}

#[test]
fn every_public_item_is_documented() {
    holds(rules::documented::check);
}

#[test]
fn every_path_named_in_a_guide_exists() {
    holds(rules::guides::check);
}

#[test]
fn texts_for_people_stand_in_the_catalogue() {
    holds(rules::language::check);
}

#[test]
fn the_word_of_a_code_stands_in_its_table_alone() {
    holds(rules::codes::check);
}

#[test]
fn the_guide_shows_the_table_of_codes_as_it_is() {
    holds(rules::codes::check_guide);
}

#[test]
fn every_code_is_provoked_by_a_test_that_the_guide_names() {
    holds(rules::provoked::check);
}

#[test]
fn sql_stands_where_the_data_is_kept() {
    holds(rules::sql::check);
}

#[test]
fn a_statement_names_the_firm_of_every_row() {
    holds(rules::firm::check);
}

#[test]
fn a_statement_binds_its_words() {
    holds(rules::bound::check);
}

#[test]
fn sql_is_what_any_database_understands() {
    holds(rules::portable::check);
}

#[test]
fn tests_neither_sleep_nor_rest() {
    holds(rules::testing::check);
}

#[test]
fn nothing_names_the_machine_it_was_written_on() {
    holds(rules::machine::check);
}

#[test]
fn pages_hold_no_script_and_no_style() {
    holds(rules::pages::check);
}

#[test]
fn rooms_know_each_other_in_one_direction() {
    holds(rules::rooms::check);
}

#[test]
fn a_view_knows_neither_html_nor_http() {
    holds(rules::view::check);
}

#[test]
fn the_rules_stand_in_the_book_with_the_tests_that_hold_them() {
    holds(rules::rulebook::check);
}

#[test]
fn a_section_of_the_protocol_that_is_named_exists() {
    holds(rules::headings::check);
}

#[test]
fn what_grows_stands_in_one_list() {
    holds(rules::lists::check);
}

#[test]
fn one_new_thing_is_one_new_place() {
    holds(rules::growth::check);
}

#[test]
fn rows_hold_ids_as_themselves() {
    holds(rules::typed_rows::check);
}

#[test]
fn the_apps_hold_no_rule_and_no_text() {
    holds(rules::shells::check);
}

#[test]
fn a_colour_is_written_once() {
    holds(rules::tokens::check);
}
