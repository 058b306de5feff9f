"""The rules of hostile input that have no number, each with the tests that fail without it.

With tests/limits.py, which has the numbers, it is the whole specification, in its order.
`tests/test_limits.py` sees that every test named here is there.
"""

from __future__ import annotations

RULES: dict[str, str] = {
    # Text
    "whole escape sequences, controls, overrides, tags, non-characters go": "text::takes_out_what_harms",
    "joiners, selectors and soft hyphens stay": "text::leaves_what_is_honest",
    "a field of only invisible characters is empty": "text::a_field_of_invisible_characters_is_empty",
    "every line end becomes LF; one space in one-line fields": "text::all_line_ends_become_line_feeds",
    "titles are never blank": "text::titles_are_never_blank",
    "HTML in titles reads as text": "text::reads_as_text",
    "no outside string is markup": "tui/safe:: tui/safe_screens::",
    "the whole stream against an allow-list": "peers/bytes::nothing_of_hostile_news_reaches_the_terminal",
    "the command line too": "peers/bytes_lines::nothing_of_hostile_news_is_printed",
    "errors too": "peers/bytes_lines::errors_repeat_hostile_words_without_harm",
    # Addresses
    "canonical http(s) or text": "addresses::is_canonical addresses::everything_else_is_text",
    "opened by our own call, doubtful ones after a question": "tui/opening::",
    "private networks": "fetch::a_public_feed_does_not_lead_to_a_private_host fetch::other_addresses_may_not",
    "checked at connect time": "fetch::a_name_that_changes_its_mind_gains_nothing",
    "metadata services never": "fetch_guard::metadata_services_are_never_asked",
    "passwords": "fetch::the_login_goes_to_its_own_origin_only fetch::no_error_tells_the_password",
    # Network
    "a total with redirects": "fetch::dripping_ends_at_the_deadline fetch::the_deadline_covers_all_redirects",
    "wire and decoded bytes": "fetch_body::wire_and_decoded_bytes_are_limited",
    "Content-Length first": "fetch::a_stated_length_beyond_the_limit_is_not_read",
    "gzip and deflate, one layer": "fetch_body::other_encodings_and_layers_are_refused",
    "the end is required": "fetch_body::an_end_that_is_missing_is_an_error",
    "https never to http": "fetch_headers::a_redirect_never_leaves_https",
    "no cookies, Referer, netrc": "fetch_headers::a_request_says_little fetch::netrc_is_not_read",
    "304 without our validators": "fetch::304_without_our_validators_is_an_error",
    # Parsing
    "killed at its time and memory": "sandbox::a_feed_that_takes_too_long_is_stopped_and_the_next_is_read"
    " sandbox::a_feed_that_takes_too_much_memory_is_stopped_and_the_next_is_read",
    "pages and local files likewise": "sandbox::a_page_has_less_time_than_a_feed"
    " sandbox::no_stranger_is_read_in_the_process_itself",
    "labels of WHATWG's list alone": "encoding::labels_beyond_whatwgs_list_are_no_labels",
    "valid UTF-8 beats any label": "encoding::valid_utf8_beats_any_label",
    "one bad byte": "encoding::one_bad_byte_costs_one_character",
    "no DOCTYPE is handed on": "xmltext::declarations_inside_become_text xmltext::time_stays_in_proportion",
    "guid flips": "store/saving::guids_that_change_at_each_fetch_make_no_duplicates",
    "never of the future": "store/saving::the_list_is_in_order_of_publication_and_never_of_the_future",
    # OPML, files
    "exec, filter and commands are listed, never run": "opml::refused_addresses_are_listed_with_the_reason",
    "pipes, devices, sockets": "local_files::a_pipe_is_never_waited_for"
    " local_files::sockets_and_devices_are_refused",
    "no folder by a link": "local_files::a_link_to_a_file_is_followed_and_one_to_a_folder_is_not",
    # Library
    "for its owner only": "store/opening::a_new_library_is_for_its_owner_only",
    "the connection's settings": "store/opening::settings_of_the_connection",
    "migrations with a backup": "store/opening::an_older_library_is_migrated_after_a_backup",
    "a newer one is refused": "store/opening::a_newer_library_is_refused",
    "a full disk": "store/opening::a_full_disk_is_said_and_loses_nothing",
    "kills and torn logs": "store/processes::many_kills store/processes::torn_logs",
    "out within two seconds": "tui/leaving::",
}
