// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lucene as its documentation shows it: GermanAnalyzer, default BM25, SortedSetDocValues facets.
//
//   java Lucene index DIR < RECORDS.tsv
//   java Lucene ask lucene|lucene-snippets DIR QUESTIONS      commands as bench-engine takes them
//
// lucene shows id and title of ten hits; lucene-snippets makes ten snippets as well (UnifiedHighlighter, offsets
// by analysing the stored text again, its default). Without facets Lucene counts to 1,000 hits and not beyond.
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.facet.FacetResult;
import org.apache.lucene.facet.Facets;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.sortedset.DefaultSortedSetDocValuesReaderState;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetCounts;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetField;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.QueryBuilder;

public final class Lucene {
  private static final String[] FACETS = {"type", "body", "year", "topic"};
  private static final int HITS = 10;

  private static final class Question {
    String kind, words, body;
    int from, to;
  }

  private static FacetsConfig facetsConfig() {
    FacetsConfig config = new FacetsConfig();
    config.setMultiValued("topic", true);
    return config;
  }

  private static void index(Path folder) throws IOException {
    FacetsConfig config = facetsConfig();
    IndexWriterConfig options = new IndexWriterConfig(new GermanAnalyzer());
    options.setRAMBufferSizeMB(256);
    long begin = System.nanoTime();
    try (Directory directory = new MMapDirectory(folder); IndexWriter writer = new IndexWriter(directory, options);
         BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8), 1 << 16)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] cell = line.split("\t", -1);
        Document document = new Document();
        document.add(new StringField("id", cell[0], Field.Store.YES));
        document.add(new StringField("body", cell[2], Field.Store.NO));
        document.add(new IntPoint("day", Integer.parseInt(cell[3])));
        document.add(new StoredField("title", cell[5]));
        document.add(new TextField("text", cell[5] + "\n" + cell[6], Field.Store.YES));
        document.add(new SortedSetDocValuesFacetField("type", cell[1]));
        document.add(new SortedSetDocValuesFacetField("body", cell[2]));
        document.add(new SortedSetDocValuesFacetField("year", cell[3].substring(0, 4)));
        for (String topic : cell[4].split("\\|")) {
          if (!topic.isEmpty()) document.add(new SortedSetDocValuesFacetField("topic", topic));
        }
        writer.addDocument(config.build(document));
      }
      writer.commit();
      double added = (System.nanoTime() - begin) / 1e9;
      writer.forceMerge(1);
      System.out.printf(Locale.ROOT, "{\"added_s\":%.1f,\"merged_s\":%.1f}%n", added, (System.nanoTime() - begin) / 1e9);
    }
  }

  private static List<Question> questions(Path file) throws IOException {
    List<Question> questions = new ArrayList<>();
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      String[] cell = line.split("\t", -1);
      Question question = new Question();
      question.kind = cell[0];
      question.words = cell[1];
      question.from = Integer.parseInt(cell[2]);
      question.to = Integer.parseInt(cell[3]);
      question.body = cell[4];
      questions.add(question);
    }
    return questions;
  }

  private final IndexSearcher searcher;
  private final SortedSetDocValuesReaderState state;
  private final QueryBuilder builder;
  private final UnifiedHighlighter highlighter;
  private long shown; // what is read must not be optimised away

  private Lucene(Path folder, boolean snippets) throws IOException {
    Analyzer analyzer = new GermanAnalyzer();
    DirectoryReader reader = DirectoryReader.open(new MMapDirectory(folder));
    searcher = new IndexSearcher(reader);
    state = new DefaultSortedSetDocValuesReaderState(reader);
    builder = new QueryBuilder(analyzer);
    highlighter = snippets ? new UnifiedHighlighter(searcher, analyzer) : null;
  }

  private Query words(Question question) {
    Query query = question.kind.equals("phrase2")
        ? builder.createPhraseQuery("text", question.words)
        : builder.createBooleanQuery("text", question.words, question.kind.equals("or3") ? Occur.SHOULD : Occur.MUST);
    return query == null ? new MatchNoDocsQuery() : query;
  }

  private long ask(Question question, boolean facets) throws IOException {
    Query words = words(question);
    Query query = words;
    if (question.from != 0) {
      query = new BooleanQuery.Builder().add(words, Occur.MUST)
          .add(IntPoint.newRangeQuery("day", question.from, question.to), Occur.FILTER)
          .add(new TermQuery(new Term("body", question.body)), Occur.FILTER).build();
    }
    TopDocs hits;
    if (facets) {
      FacetsCollector collector = new FacetsCollector();
      hits = FacetsCollector.search(searcher, query, HITS, collector);
      Facets counts = new SortedSetDocValuesFacetCounts(state, collector);
      for (String facet : FACETS) {
        FacetResult result = counts.getTopChildren(50, facet);
        if (result != null) shown += result.labelValues.length;
      }
    } else {
      hits = searcher.search(query, HITS);
    }
    for (ScoreDoc hit : hits.scoreDocs) {
      if (highlighter == null) shown += searcher.doc(hit.doc).get("title").length();
    }
    if (highlighter != null && hits.scoreDocs.length > 0) {
      for (ScoreDoc hit : hits.scoreDocs) shown += searcher.doc(hit.doc, java.util.Set.of("id", "title")).get("title").length();
      for (String snippet : highlighter.highlight("text", words, hits)) shown += snippet == null ? 0 : snippet.length();
    }
    return hits.totalHits.value;
  }

  private void serve(List<Question> questions) throws IOException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] word = line.trim().split(" ");
      if (!word[0].equals("ask")) throw new IOException("unknown command " + line);
      boolean facets = word[2].equals("1");
      double seconds = Double.parseDouble(word[3]);
      StringBuilder wall = new StringBuilder(), cpu = new StringBuilder(), totals = new StringBuilder();
      long begin = System.nanoTime();
      for (Question question : questions) {
        if (!question.kind.equals(word[1])) continue;
        long cpuBefore = threads.getCurrentThreadCpuTime();
        long before = System.nanoTime();
        long total = ask(question, facets);
        long after = System.nanoTime();
        long cpuUsed = threads.getCurrentThreadCpuTime() - cpuBefore;
        if (wall.length() > 0) {
          wall.append(',');
          cpu.append(',');
          totals.append(',');
        }
        wall.append(String.format(Locale.ROOT, "%.1f", (after - before) / 1e3));
        cpu.append(String.format(Locale.ROOT, "%.1f", cpuUsed / 1e3));
        totals.append(total);
        if ((after - begin) / 1e9 > seconds) break;
      }
      System.out.println("{\"us\":[" + wall + "],\"cpu_us\":[" + cpu + "],\"totals\":[" + totals + "]}");
      System.out.flush();
    }
  }

  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 2 && arguments[0].equals("index")) {
      index(Paths.get(arguments[1]));
    } else if (arguments.length == 4 && arguments[0].equals("ask")) {
      long begin = System.nanoTime();
      List<Question> questions = questions(Paths.get(arguments[3]));
      Lucene engine = new Lucene(Paths.get(arguments[2]), arguments[1].equals("lucene-snippets"));
      System.out.printf(Locale.ROOT, "{\"ready\":%.3f}%n", (System.nanoTime() - begin) / 1e9);
      engine.serve(questions);
    } else {
      System.err.println("java Lucene index DIR | ask ENGINE DIR QUESTIONS");
      System.exit(2);
    }
  }
}
