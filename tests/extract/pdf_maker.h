// SPDX-License-Identifier: GPL-3.0-or-later
//
// Writes small PDFs for tests: text at given places in Helvetica, so that a test says what is
// printed where, and with which tag. Latin-1 only.
#pragma once

#include <string>
#include <vector>

namespace fundstelle::test {

struct Printed {
  double x, y;  ///< points from the left and from the top of an A4 page
  std::string text;
  double size = 10;
  bool sideways = false;
  bool bold = false;
  std::string tag = {};  ///< structure type: "H1", "P"; empty: an artifact, not in the tree
};

inline std::string latin1(const std::string& utf8) {
  std::string out;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto b = static_cast<unsigned char>(utf8[i]);
    if (utf8.compare(i, 3, "–") == 0) {
      out += '\x96';  // as WinAnsiEncoding has it
      i += 2;
    } else if (b >= 0xC0 && i + 1 < utf8.size()) {
      out += static_cast<char>(((b & 3) << 6) | (static_cast<unsigned char>(utf8[++i]) & 63));
    } else {
      out += utf8[i];
    }
  }
  return out;
}

/// An element of the structure tree: its content is number `mcid` of a page.
struct Tagged {
  std::size_t page, mcid;
  std::string tag;
};

/// A PDF from the content streams of its pages.
inline std::string pdf_of_streams(const std::vector<std::string>& streams,
                                  const std::vector<Tagged>& tree = {}) {
  std::vector<std::string> objects;
  std::string kids;
  for (std::size_t p = 0; p < streams.size(); ++p) kids += std::to_string(5 + 2 * p) + " 0 R ";
  const std::size_t root = 5 + 2 * streams.size();
  objects.push_back("<< /Type /Catalog /Pages 2 0 R" +
                    (tree.empty() ? std::string()
                                  : " /MarkInfo << /Marked true >> /StructTreeRoot " +
                                        std::to_string(root) + " 0 R") +
                    " >>");
  objects.push_back("<< /Type /Pages /Count " + std::to_string(streams.size()) + " /Kids [" + kids +
                    "] >>");
  objects.push_back(
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
  objects.push_back(
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>");
  for (std::size_t p = 0; p < streams.size(); ++p) {
    objects.push_back("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents " +
                      std::to_string(6 + 2 * p) +
                      " 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>");
    objects.push_back("<< /Length " + std::to_string(streams[p].size()) + " >>\nstream\n" +
                      streams[p] + "\nendstream");
  }
  if (!tree.empty()) {
    std::string children;
    for (std::size_t t = 0; t < tree.size(); ++t)
      children += std::to_string(root + 1 + t) + " 0 R ";
    objects.push_back("<< /Type /StructTreeRoot /K [" + children + "] >>");
    for (const Tagged& element : tree) {
      objects.push_back("<< /Type /StructElem /S /" + element.tag + " /P " + std::to_string(root) +
                        " 0 R /Pg " + std::to_string(5 + 2 * element.page) + " 0 R /K " +
                        std::to_string(element.mcid) + " >>");
    }
  }
  std::string pdf = "%PDF-1.4\n";
  std::string table;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    std::string offset = std::to_string(pdf.size());
    table += std::string(10 - offset.size(), '0') + offset + " 00000 n \n";
    pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const std::string start = std::to_string(pdf.size());
  return pdf + "xref\n0 " + std::to_string(objects.size() + 1) + "\n0000000000 65535 f \n" + table +
         "trailer\n<< /Size " + std::to_string(objects.size() + 1) +
         " /Root 1 0 R >>\nstartxref\n" + start + "\n%%EOF\n";
}

inline std::string make_pdf(const std::vector<std::vector<Printed>>& pages) {
  std::vector<std::string> streams;
  std::vector<Tagged> tree;
  for (const auto& page : pages) {
    std::string stream = "BT\n";
    std::size_t mcid = 0;
    for (const Printed& printed : page) {
      std::string text;
      for (const char c : latin1(printed.text)) {
        if (c == '(' || c == ')' || c == '\\') text += '\\';
        text += c;
      }
      if (!printed.tag.empty()) {
        stream += "/" + printed.tag + " << /MCID " + std::to_string(mcid) + " >> BDC\n";
        tree.push_back({streams.size(), mcid++, printed.tag});
      }
      stream += (printed.bold ? "/F2 " : "/F1 ") + std::to_string(printed.size) + " Tf " +
                (printed.sideways ? "0 1 -1 0 " : "1 0 0 1 ") + std::to_string(printed.x) + " " +
                std::to_string(842 - printed.y) + " Tm (" + text + ") Tj\n";
      if (!printed.tag.empty()) stream += "EMC\n";
    }
    streams.push_back(stream + "ET");
  }
  return pdf_of_streams(streams, tree);
}

}  // namespace fundstelle::test
