// SPDX-License-Identifier: GPL-3.0-or-later
// The Lucene set-ups ours is compared with; run by tools/eval/baselines.
//
//   java Peer ENGINE HITS any|all WORDS DOCUMENTS QUERIES > RUN
//
// DOCUMENTS and QUERIES hold "id TAB text" lines; the run is TREC. WORDS is a list of German words for the
// dictionary splitter. Engines:
//   german   GermanAnalyzer, default BM25: what a first set-up gives
//   decomp   the same chain behind a dictionary compound splitter, parts scored like words
//   multi    what an expert sets up: exact form 0.5, stem 1, compound parts 0.5 added up, BM25 with b 0.4, a bonus of
//            2 for documents with all words and the score of a phrase with slop 50; a compound in the query
//            matches whole or by all its parts
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.compound.DictionaryCompoundWordTokenFilter;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.de.GermanLightStemFilter;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.QueryBuilder;

public final class Peer {
  /** Words, lower case, German spelling folded, stemmed; compounds split by a dictionary if one is given. */
  private static final class Chain extends Analyzer {
    private final CharArraySet dictionary;
    private final boolean stemmed;
    private final boolean partsOnly;

    Chain(CharArraySet dictionary, boolean stemmed, boolean partsOnly) {
      this.dictionary = dictionary;
      this.stemmed = stemmed;
      this.partsOnly = partsOnly;
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
      Tokenizer source = new StandardTokenizer();
      TokenStream stream = new StopFilter(new LowerCaseFilter(source), GermanAnalyzer.getDefaultStopSet());
      if (dictionary != null) stream = new DictionaryCompoundWordTokenFilter(stream, dictionary, 7, 4, 15, true);
      if (partsOnly) stream = new Parts(stream);
      stream = new GermanNormalizationFilter(stream);
      if (stemmed) stream = new GermanLightStemFilter(stream);
      return new TokenStreamComponents(source, stream);
    }
  }

  /** Drops the whole words and keeps the parts, which the splitter puts at the same place behind them. */
  private static final class Parts extends TokenFilter {
    private final PositionIncrementAttribute increment = addAttribute(PositionIncrementAttribute.class);
    private int skipped = 0;

    Parts(TokenStream input) {
      super(input);
    }

    @Override
    public void reset() throws IOException {
      super.reset();
      skipped = 0;
    }

    @Override
    public boolean incrementToken() throws IOException {
      while (input.incrementToken()) {
        if (increment.getPositionIncrement() == 0) {
          increment.setPositionIncrement(skipped);
          skipped = 0;
          return true;
        }
        skipped += increment.getPositionIncrement();
      }
      return false;
    }
  }

  private final String engine;
  private final boolean all;
  private final Analyzer analyzer;
  private final IndexSearcher searcher;

  private Peer(String engine, boolean all, CharArraySet words, List<String[]> documents) throws IOException {
    this.engine = engine;
    this.all = all;
    switch (engine) {
      case "german": analyzer = new GermanAnalyzer(); break;
      case "decomp": analyzer = new Chain(words, true, false); break;
      case "multi": {
        PerFieldAnalyzerWrapper fields = new PerFieldAnalyzerWrapper(
            new Chain(null, true, false),
            java.util.Map.of("exact", new Chain(null, false, false), "part", new Chain(words, true, true)));
        analyzer = fields;
        break;
      }
      default: throw new IllegalArgumentException("no engine " + engine + ": german, decomp, multi");
    }
    ByteBuffersDirectory directory = new ByteBuffersDirectory();
    BM25Similarity similarity = engine.equals("multi") ? new BM25Similarity(1.2f, 0.4f) : new BM25Similarity();
    IndexWriterConfig config = new IndexWriterConfig(analyzer).setSimilarity(similarity);
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      for (String[] entry : documents) {
        Document document = new Document();
        document.add(new StringField("id", entry[0], Field.Store.YES));
        document.add(new TextField("stem", entry[1], Field.Store.NO));
        if (engine.equals("multi")) {
          document.add(new TextField("exact", entry[1], Field.Store.NO));
          document.add(new TextField("part", entry[1], Field.Store.NO));
        }
        writer.addDocument(document);
      }
    }
    searcher = new IndexSearcher(DirectoryReader.open(directory));
    searcher.setSimilarity(similarity);
  }

  private List<String> terms(String field, String text) throws IOException {
    List<String> result = new ArrayList<>();
    try (TokenStream stream = analyzer.tokenStream(field, text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) result.add(term.toString());
      stream.end();
    }
    return result;
  }

  /** The words of a text as typed that are not stop words. */
  private List<String> words(String text) throws IOException {
    List<String> result = new ArrayList<>();
    try (TokenStream stream = analyzer.tokenStream("stem", text)) {
      OffsetAttribute offset = stream.addAttribute(OffsetAttribute.class);
      stream.reset();
      while (stream.incrementToken()) result.add(text.substring(offset.startOffset(), offset.endOffset()));
      stream.end();
    }
    return result;
  }

  private static Query term(String field, String text) {
    return new TermQuery(new Term(field, text));
  }

  private Query multi(String text) throws IOException {
    BooleanQuery.Builder scored = new BooleanQuery.Builder();
    BooleanQuery.Builder every = new BooleanQuery.Builder();
    PhraseQuery.Builder near = new PhraseQuery.Builder().setSlop(50);
    List<String> words = words(text);
    if (words.isEmpty()) return new MatchNoDocsQuery();
    int place = 0;
    for (String word : words) {
      BooleanQuery.Builder any = new BooleanQuery.Builder();
      for (String stem : terms("stem", word)) {
        near.add(new Term("stem", stem), place++);
        any.add(term("stem", stem), Occur.SHOULD);
        any.add(new BoostQuery(term("part", stem), 0.5f), Occur.SHOULD);
      }
      for (String exact : terms("exact", word)) any.add(new BoostQuery(term("exact", exact), 0.5f), Occur.SHOULD);
      Set<String> parts = new LinkedHashSet<>(terms("part", word));
      if (parts.size() > 1) {
        BooleanQuery.Builder together = new BooleanQuery.Builder();
        for (String part : parts) {
          together.add(new BooleanQuery.Builder()
                           .add(term("stem", part), Occur.SHOULD)
                           .add(term("part", part), Occur.SHOULD)
                           .build(), Occur.MUST);
        }
        any.add(new BoostQuery(together.build(), 0.5f), Occur.SHOULD);
      }
      Query one = any.build();
      scored.add(one, all ? Occur.MUST : Occur.SHOULD);
      every.add(one, Occur.MUST);
    }
    if (words.size() > 1) {
      scored.add(new BoostQuery(new ConstantScoreQuery(every.build()), 2f), Occur.SHOULD);
      scored.add(near.build(), Occur.SHOULD);
    }
    return scored.build();
  }

  private Query query(String text) throws IOException {
    if (engine.equals("multi")) return multi(text);
    Query words = new QueryBuilder(analyzer).createBooleanQuery("stem", text, all ? Occur.MUST : Occur.SHOULD);
    return words == null ? new MatchNoDocsQuery() : words;
  }

  private static List<String[]> lines(Path file) throws IOException {
    List<String[]> result = new ArrayList<>();
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      String[] cells = line.split("\t", 2);
      if (cells.length == 2) result.add(cells);
    }
    return result;
  }

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 6) {
      System.err.println("use: java Peer german|decomp|multi HITS any|all WORDS DOCUMENTS QUERIES");
      System.exit(2);
    }
    int hits = Integer.parseInt(arguments[1]);
    HashSet<String> words = new HashSet<>();
    for (String word : Files.readAllLines(Paths.get(arguments[3]), StandardCharsets.UTF_8)) {
      if (word.length() >= 4) words.add(word.toLowerCase(java.util.Locale.GERMAN));
    }
    CharArraySet dictionary = new CharArraySet(words, true);
    Peer peer = new Peer(arguments[0], arguments[2].equals("all"), dictionary, lines(Paths.get(arguments[4])));
    PrintStream out = new PrintStream(System.out, false, "UTF-8");
    for (String[] query : lines(Paths.get(arguments[5]))) {
      int rank = 0;
      for (ScoreDoc hit : peer.searcher.search(peer.query(query[1]), hits).scoreDocs) {
        String id = peer.searcher.doc(hit.doc).get("id");
        out.printf(java.util.Locale.ROOT, "%s Q0 %s %d %.6f %s%n", query[0], id, ++rank, hit.score, arguments[0]);
      }
    }
    out.flush();
  }
}
