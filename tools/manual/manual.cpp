// SPDX-License-Identifier: GPL-3.0-or-later
#include "manual/manual.h"

#include <CLI/CLI.hpp>
#include <sstream>

namespace fundstelle {
namespace {

/// Text as troff reads it: no control characters at the beginning of a line, hyphens as typed.
std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool begins = out.empty() || out.back() == '\n';
    if (begins && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
  }
  return out;
}

std::string name_of(const CLI::Option& option) {
  if (option.get_positional()) return option.get_name(true);
  std::string out;
  for (const std::string& name : option.get_snames()) out += (out.empty() ? "-" : ", -") + name;
  for (const std::string& name : option.get_lnames()) out += (out.empty() ? "--" : ", --") + name;
  return out;
}

void append_options(std::ostream& out, const CLI::App& app) {
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group().empty()) continue;
    out << ".TP\n.B " << escaped(name_of(*option)) << '\n' << escaped(option->get_description());
    const std::string usual = option->get_default_str();
    if (!usual.empty()) out << " (" << escaped(usual) << ")";
    out << '\n';
  }
}

}  // namespace

std::string manual_page(const CLI::App& app, const ManualFacts& facts) {
  std::ostringstream out;
  const std::string& name = app.get_name();
  std::string upper = name;
  for (char& c : upper) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  out << ".TH " << escaped(upper) << " 1 \"\" \"fundstelle " << facts.version << "\"\n"
      << ".SH NAME\n"
      << escaped(name) << " \\- " << escaped(app.get_description()) << "\n.SH SYNOPSIS\n.B "
      << escaped(name) << "\n.I COMMAND\n[\\fIOPTION\\fR ...]\n.SH OPTIONS\n";
  append_options(out, app);
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    out << ".SH \"COMMAND " << escaped(command->get_name()) << "\"\n"
        << escaped(command->get_description()) << '\n';
    append_options(out, *command);
  }
  out << ".SH NOTES\n.nf\n" << escaped(facts.closing) << "\n.fi\n";
  return out.str();
}

}  // namespace fundstelle
