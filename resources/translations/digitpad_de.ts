<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>DigitPad</name>
        <message>
            <source>
&lt;p&gt;The network learned from&lt;br&gt;
MNIST by Y. LeCun, C. Cortes and C. Burges
(&lt;a href="https://creativecommons.org/licenses/by-sa/3.0/"&gt;CC BY-SA 3.0&lt;/a&gt;) and&lt;br&gt;
UNIPEN online handwriting
(&lt;a href="https://creativecommons.org/licenses/by/4.0/"&gt;CC BY 4.0&lt;/a&gt;,
&lt;a href="https://doi.org/10.5281/zenodo.1195803"&gt;doi:10.5281/zenodo.1195803&lt;/a&gt;).&lt;/p&gt;
&lt;p&gt;The window is made with &lt;a href="https://doc.qt.io/qtforpython-6/"&gt;PySide6 and Qt&lt;/a&gt;
(&lt;a href="https://www.gnu.org/licenses/lgpl-3.0.html"&gt;LGPL 3&lt;/a&gt;).&lt;/p&gt;
</source>
            <translation>
&lt;p&gt;Das Netz hat gelernt aus&lt;br&gt;
MNIST von LeCun, Cortes und Burges
(&lt;a href="https://creativecommons.org/licenses/by-sa/3.0/"&gt;CC BY-SA 3.0&lt;/a&gt;) und&lt;br&gt;
UNIPEN, mit dem Stift geschrieben
(&lt;a href="https://creativecommons.org/licenses/by/4.0/"&gt;CC BY 4.0&lt;/a&gt;,
&lt;a href="https://doi.org/10.5281/zenodo.1195803"&gt;doi:10.5281/zenodo.1195803&lt;/a&gt;).&lt;/p&gt;
&lt;p&gt;Das Fenster ist gemacht mit &lt;a href="https://doc.qt.io/qtforpython-6/"&gt;PySide6 und Qt&lt;/a&gt;
(&lt;a href="https://www.gnu.org/licenses/lgpl-3.0.html"&gt;LGPL 3&lt;/a&gt;).&lt;/p&gt;
</translation>
        </message>
        <message>
            <source> pixels</source>
            <translation> Pixel</translation>
        </message>
        <message>
            <source>&amp;About DigitPad</source>
            <translation>Ü&amp;ber DigitPad</translation>
        </message>
        <message>
            <source>&amp;Back</source>
            <translation>Z&amp;urück</translation>
        </message>
        <message>
            <source>&amp;Close Window</source>
            <translation>Fenster s&amp;chließen</translation>
        </message>
        <message>
            <source>&amp;Copy Answer</source>
            <translation>&amp;Antwort kopieren</translation>
        </message>
        <message>
            <source>&amp;Correct…</source>
            <translation>&amp;Korrigieren…</translation>
        </message>
        <message>
            <source>&amp;Digits</source>
            <translation>&amp;Ziffern</translation>
        </message>
        <message>
            <source>&amp;Edit</source>
            <translation>&amp;Bearbeiten</translation>
        </message>
        <message>
            <source>&amp;Export…</source>
            <translation>E&amp;xportieren…</translation>
        </message>
        <message>
            <source>&amp;File</source>
            <translation>&amp;Datei</translation>
        </message>
        <message>
            <source>&amp;Format</source>
            <translation>&amp;Format</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>&amp;Hilfe</translation>
        </message>
        <message>
            <source>&amp;Language</source>
            <translation>&amp;Sprache</translation>
        </message>
        <message>
            <source>&amp;Leave the tour</source>
            <translation>Rundgang &amp;verlassen</translation>
        </message>
        <message>
            <source>&amp;Licences</source>
            <translation>&amp;Lizenzen</translation>
        </message>
        <message>
            <source>&amp;Longer side</source>
            <translation>&amp;Längere Seite</translation>
        </message>
        <message>
            <source>&amp;New Window</source>
            <translation>&amp;Neues Fenster</translation>
        </message>
        <message>
            <source>&amp;Next</source>
            <translation>&amp;Weiter</translation>
        </message>
        <message>
            <source>&amp;Next Digit</source>
            <translation>&amp;Nächste Ziffer</translation>
        </message>
        <message>
            <source>&amp;Open…</source>
            <translation>Ö&amp;ffnen…</translation>
        </message>
        <message>
            <source>&amp;Paste Picture</source>
            <translation>Bild &amp;einfügen</translation>
        </message>
        <message>
            <source>&amp;Previous Digit</source>
            <translation>&amp;Vorige Ziffer</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>&amp;Beenden</translation>
        </message>
        <message>
            <source>&amp;Redo</source>
            <translation>&amp;Wiederholen</translation>
        </message>
        <message>
            <source>&amp;Reset</source>
            <translation>Zu&amp;rücksetzen</translation>
        </message>
        <message>
            <source>&amp;Restore Last Drawing</source>
            <translation>&amp;Letzte Zeichnung zurückholen</translation>
        </message>
        <message>
            <source>&amp;Save</source>
            <translation>&amp;Speichern</translation>
        </message>
        <message>
            <source>&amp;Split</source>
            <translation>&amp;Teilen</translation>
        </message>
        <message>
            <source>&amp;System language</source>
            <translation>Sprache des &amp;Systems</translation>
        </message>
        <message>
            <source>&amp;Transparent background</source>
            <translation>&amp;Durchsichtiger Hintergrund</translation>
        </message>
        <message>
            <source>&amp;Understand</source>
            <translation>&amp;Verstehen</translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation>&amp;Rückgängig</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>&amp;Ansicht</translation>
        </message>
        <message>
            <source>&lt;b&gt;Draw&lt;/b&gt; {what}</source>
            <translation>&lt;b&gt;Zeichnen Sie&lt;/b&gt; {what}</translation>
        </message>
        <message>
            <source>&lt;b&gt;Notice&lt;/b&gt; {what}</source>
            <translation>&lt;b&gt;Beachten Sie,&lt;/b&gt; {what}</translation>
        </message>
        <message>
            <source>About DigitPad</source>
            <translation>Über DigitPad</translation>
        </message>
        <message>
            <source>Again, only the strongest of every 2×2 places is kept. What is left says what was found, but only roughly where.</source>
            <translation>Wieder bleibt von je 2×2 Stellen nur die stärkste. Was übrig ist, sagt, was gefunden wurde, und nur noch ungefähr, wo.</translation>
        </message>
        <message>
            <source>All files</source>
            <translation>Alle Dateien</translation>
        </message>
        <message>
            <source>All {count} nearest training digits are {digit}s.</source>
            <translation>Alle {count} nächsten Trainingsziffern zeigen eine {digit}.</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>Antwort</translation>
        </message>
        <message>
            <source>Arrow keys select a digit, 0 to 9 correct it, X leaves it out.</source>
            <translation>Pfeiltasten wählen eine Ziffer aus, 0 bis 9 korrigieren sie, X lässt sie weg.</translation>
        </message>
        <message>
            <source>As it is, the picture looks more like {seen} ({share}); shifted by a pixel in each direction, more like {digit} overall. These pages explain it as it is.</source>
            <translation>So, wie es liegt, gleicht das Bild eher {seen} ({share}); um einen Bildpunkt nach jeder Seite verschoben, im Ganzen eher {digit}. Diese Seiten erklären es so, wie es liegt.</translation>
        </message>
        <message>
            <source>At {value}: {shares}</source>
            <translation>Bei {value}: {shares}</translation>
        </message>
        <message>
            <source>Back to the pad</source>
            <translation>Zurück zum Blatt</translation>
        </message>
        <message>
            <source>Back to your drawing, unchanged (Esc)</source>
            <translation>Zurück zu Ihrer Zeichnung, die unverändert ist (Esc)</translation>
        </message>
        <message>
            <source>Barely read as {digit}</source>
            <translation>Knapp als {digit} gelesen</translation>
        </message>
        <message>
            <source>Both read {digit}: the CNN at {share}, the MLP at {other_share}.</source>
            <translation>Beide lesen eine {digit}: das CNN mit {share}, das MLP mit {other_share}.</translation>
        </message>
        <message>
            <source>C&amp;lear</source>
            <translation>&amp;Leeren</translation>
        </message>
        <message>
            <source>Change of mind</source>
            <translation>Andere Antwort</translation>
        </message>
        <message>
            <source>Changed</source>
            <translation>Geändert</translation>
        </message>
        <message>
            <source>Clear</source>
            <comment>button</comment>
            <translation>Leeren</translation>
        </message>
        <message>
            <source>Close Understand</source>
            <translation>Verstehen schließen</translation>
        </message>
        <message>
            <source>Confidence in each digit</source>
            <translation>Wie sicher jede Ziffer ist</translation>
        </message>
        <message>
            <source>Convolutional neural network: small filters look for the same patterns everywhere in the picture. The pad reads with it.</source>
            <translation>Faltungsnetz (convolutional neural network): Kleine Filter suchen überall im Bild nach denselben Mustern. Das Blatt liest damit.</translation>
        </message>
        <message>
            <source>Copied: {text}</source>
            <translation>Kopiert: {text}</translation>
        </message>
        <message>
            <source>Copy &amp;Drawing as Picture</source>
            <translation>&amp;Zeichnung als Bild kopieren</translation>
        </message>
        <message>
            <source>Crossed out</source>
            <translation>Durchgestrichen</translation>
        </message>
        <message>
            <source>Digit {digit}</source>
            <translation>Ziffer {digit}</translation>
        </message>
        <message>
            <source>Digit {place} of {count}</source>
            <translation>Ziffer {place} von {count}</translation>
        </message>
        <message>
            <source>DigitPad closed unexpectedly. Your drawing was kept.</source>
            <translation>DigitPad wurde unerwartet beendet. Ihre Zeichnung ist noch da.</translation>
        </message>
        <message>
            <source>DigitPad does not take this for a digit. These pages explain which digit it is most like.</source>
            <translation>DigitPad hält das für keine Ziffer. Diese Seiten erklären, welcher Ziffer es am meisten gleicht.</translation>
        </message>
        <message>
            <source>DigitPad is built from the software and data below, each under its own terms. Qt and PySide6 are used under the LGPL; the entry for Qt explains how to use your own versions of them.</source>
            <translation>DigitPad besteht aus der Software und den Daten unten, jeweils unter eigenen Bedingungen. Qt und PySide6 werden unter der LGPL verwendet; wie man eigene Fassungen einsetzt, steht im Eintrag zu Qt.</translation>
        </message>
        <message>
            <source>DigitPad opens nothing from the internet. Save the picture first, or copy the picture itself.</source>
            <translation>DigitPad öffnet nichts aus dem Internet. Speichern Sie das Bild zuerst, oder kopieren Sie das Bild selbst.</translation>
        </message>
        <message>
            <source>Digits</source>
            <translation>Ziffern</translation>
        </message>
        <message>
            <source>Disk quota exceeded</source>
            <translation>der zugeteilte Speicherplatz ist voll</translation>
        </message>
        <message>
            <source>Doesn't look like a digit</source>
            <translation>Sieht nicht wie eine Ziffer aus</translation>
        </message>
        <message>
            <source>Down</source>
            <comment>slider</comment>
            <translation>Unten</translation>
        </message>
        <message>
            <source>Draw &amp;it for me</source>
            <translation>&amp;Für mich zeichnen</translation>
        </message>
        <message>
            <source>Draw a digit here</source>
            <translation>Hier eine Ziffer zeichnen</translation>
        </message>
        <message>
            <source>Draw a digit to see it here.</source>
            <translation>Zeichnen Sie eine Ziffer, um sie hier zu sehen.</translation>
        </message>
        <message>
            <source>Draw a digit with the mouse, a pen or a finger; with the keyboard, arrow keys move the pen and Space lowers and lifts it.</source>
            <translation>Zeichnen Sie eine Ziffer mit Maus, Stift oder Finger; auf der Tastatur bewegen die Pfeiltasten den Stift, und die Leertaste setzt ihn auf und hebt ihn ab.</translation>
        </message>
        <message>
            <source>Draw a digit, then move a slider.</source>
            <translation>Zeichnen Sie eine Ziffer und bewegen Sie dann einen Regler.</translation>
        </message>
        <message>
            <source>Drawing area</source>
            <translation>Zeichenfläche</translation>
        </message>
        <message>
            <source>Drawing copied.</source>
            <translation>Zeichnung kopiert.</translation>
        </message>
        <message>
            <source>Drawings</source>
            <translation>Zeichnungen</translation>
        </message>
        <message>
            <source>Drop to open</source>
            <translation>Zum Öffnen ablegen</translation>
        </message>
        <message>
            <source>Each of ten outputs adds up the {below} units, each times a weight that speaks for its digit or against it. The largest sum is the answer, and softmax turns the ten sums into the shares of the bars.</source>
            <translation>Jeder der zehn Ausgänge zählt die {below} Einheiten zusammen, jede mal ein Gewicht, das für seine Ziffer spricht oder gegen sie. Die größte Summe ist die Antwort, und Softmax macht aus den zehn Summen die Anteile der Balken.</translation>
        </message>
        <message>
            <source>Each of {maps} units adds up all {below} numbers below, each times a weight of its own, and lights up when the sum is above zero. Here everything that was found comes together, from the whole drawing.</source>
            <translation>Jede der {maps} Einheiten zählt alle {below} Zahlen darunter zusammen, jede mal ein eigenes Gewicht, und leuchtet auf, wenn die Summe über null liegt. Hier kommt zusammen, was in der ganzen Zeichnung gefunden wurde.</translation>
        </message>
        <message>
            <source>Each square is a pixel that the network saw. Its colour shows what it adds to the answer's lead over its rival, the digit that comes second. Pixels without a sign matter little.</source>
            <translation>Jedes Quadrat ist ein Pixel, das das Netz gesehen hat. Die Farbe zeigt, was es zum Vorsprung der Antwort vor der zweitbesten Ziffer beiträgt; Pixel ohne Zeichen zählen wenig.</translation>
        </message>
        <message>
            <source>Empty</source>
            <translation>Leer</translation>
        </message>
        <message>
            <source>Everything is read as one digit. Press Ctrl+1 to read numbers again.</source>
            <translation>Alles wird als eine Ziffer gelesen. Mit Strg+1 werden wieder Zahlen gelesen.</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Exportieren</translation>
        </message>
        <message>
            <source>Exported as {name}.</source>
            <translation>Exportiert als {name}.</translation>
        </message>
        <message>
            <source>Fi&amp;nish</source>
            <translation>Fer&amp;tig</translation>
        </message>
        <message>
            <source>File name too long</source>
            <translation>der Dateiname ist zu lang</translation>
        </message>
        <message>
            <source>Filter</source>
            <translation>Filter</translation>
        </message>
        <message>
            <source>Fit</source>
            <translation>Alles</translation>
        </message>
        <message>
            <source>Fit the whole picture (Ctrl+0)</source>
            <translation>Das ganze Bild zeigen (Strg+0)</translation>
        </message>
        <message>
            <source>Guided &amp;Tour</source>
            <translation>&amp;Rundgang</translation>
        </message>
        <message>
            <source>Guided tour, {place}: {title}</source>
            <translation>Rundgang, {place}: {title}</translation>
        </message>
        <message>
            <source>InkML</source>
            <translation>InkML</translation>
        </message>
        <message>
            <source>Input/output error</source>
            <translation>Fehler beim Lesen oder Schreiben des Datenträgers</translation>
        </message>
        <message>
            <source>Inside</source>
            <translation>Innen</translation>
        </message>
        <message>
            <source>Inside the CNN</source>
            <translation>Im Inneren des CNN</translation>
        </message>
        <message>
            <source>Is a directory</source>
            <translation>das ist ein Verzeichnis</translation>
        </message>
        <message>
            <source>It could also be a {digit}</source>
            <translation>Es könnte auch eine {digit} sein</translation>
        </message>
        <message>
            <source>It could also be an 8</source>
            <translation>Es könnte auch eine 8 sein</translation>
        </message>
        <message>
            <source>It has {count} weights.</source>
            <translation>Sie hat {count} Gewichte.</translation>
        </message>
        <message>
            <source>It is</source>
            <translation>Es ist</translation>
        </message>
        <message>
            <source>It is not a digit</source>
            <translation>Es ist keine Ziffer</translation>
        </message>
        <message>
            <source>It is {digit}</source>
            <translation>Es ist die {digit}</translation>
        </message>
        <message>
            <source>It may be several, or part of one</source>
            <translation>Vielleicht mehrere oder nur ein Teil</translation>
        </message>
        <message>
            <source>It may not be a digit</source>
            <translation>Vielleicht ist es keine Ziffer</translation>
        </message>
        <message>
            <source>Its filter: {size} on {maps}.</source>
            <translation>Ihr Filter: {size} auf {maps}.</translation>
        </message>
        <message>
            <source>JSON lines</source>
            <translation>JSON-Zeilen</translation>
        </message>
        <message>
            <source>Join left</source>
            <translation>Links verbinden</translation>
        </message>
        <message>
            <source>Join right</source>
            <translation>Rechts verbinden</translation>
        </message>
        <message>
            <source>Join with &amp;Left Neighbour</source>
            <translation>Mit &amp;linker Nachbarziffer verbinden</translation>
        </message>
        <message>
            <source>Join with &amp;Right Neighbour</source>
            <translation>Mit &amp;rechter Nachbarziffer verbinden</translation>
        </message>
        <message>
            <source>Larger</source>
            <translation>Größer</translation>
        </message>
        <message>
            <source>Larger (Ctrl++)</source>
            <translation>Größer (Strg++)</translation>
        </message>
        <message>
            <source>Last &amp;Picture</source>
            <translation>Letztes &amp;Bild</translation>
        </message>
        <message>
            <source>Leave it out (key X)</source>
            <translation>Weglassen (Taste X)</translation>
        </message>
        <message>
            <source>Leave the tour (Esc, while one of these buttons has the focus)</source>
            <translation>Rundgang verlassen (Esc, solange eine dieser Schaltflächen den Fokus hat)</translation>
        </message>
        <message>
            <source>Legend</source>
            <translation>Legende</translation>
        </message>
        <message>
            <source>Licences</source>
            <translation>Lizenzen</translation>
        </message>
        <message>
            <source>Loading the network…</source>
            <translation>Das Netz wird geladen…</translation>
        </message>
        <message>
            <source>Look-alike {place}</source>
            <translation>Ähnliche Ziffer {place}</translation>
        </message>
        <message>
            <source>Look-alikes</source>
            <translation>Ähnliche Ziffern</translation>
        </message>
        <message>
            <source>Made with DigitPad</source>
            <translation>Erstellt mit DigitPad</translation>
        </message>
        <message>
            <source>Move it</source>
            <translation>Verschieben</translation>
        </message>
        <message>
            <source>Multi-layer perceptron: each unit of its first layer has a weight for every pixel. It is here to compare with.</source>
            <translation>Mehrlagiges Perzeptron (multi-layer perceptron): Jede Einheit der ersten Schicht hat für jedes Pixel ein eigenes Gewicht. Es dient hier zum Vergleich.</translation>
        </message>
        <message>
            <source>Network's view</source>
            <translation>Was das Netz sieht</translation>
        </message>
        <message>
            <source>Network: not a digit</source>
            <translation>Netz: keine Ziffer</translation>
        </message>
        <message>
            <source>Network: {digit}, {share}</source>
            <translation>Netz: {digit}, {share}</translation>
        </message>
        <message>
            <source>Next page</source>
            <translation>Nächste Seite</translation>
        </message>
        <message>
            <source>No answer</source>
            <translation>Keine Antwort</translation>
        </message>
        <message>
            <source>No digits found</source>
            <translation>Keine Ziffern gefunden</translation>
        </message>
        <message>
            <source>No digits left</source>
            <translation>Keine Ziffern mehr übrig</translation>
        </message>
        <message>
            <source>No other answer is close: no small change to this drawing leads to one.</source>
            <translation>Keine andere Antwort ist nahe: Keine kleine Änderung dieser Zeichnung führt zu einer.</translation>
        </message>
        <message>
            <source>No printer is set up on this computer. Save the page as a PDF and print it elsewhere.</source>
            <translation>Auf diesem Computer ist kein Drucker eingerichtet. Speichern Sie die Seite als PDF und drucken Sie sie anderswo.</translation>
        </message>
        <message>
            <source>No single piece speaks for {answer} rather than {rival}.</source>
            <translation>Kein einzelnes Stück spricht eher für die {answer} als für die {rival}.</translation>
        </message>
        <message>
            <source>No space left on device</source>
            <translation>der Datenträger ist voll</translation>
        </message>
        <message>
            <source>No such file or directory</source>
            <translation>die Datei oder das Verzeichnis gibt es nicht</translation>
        </message>
        <message>
            <source>Noise</source>
            <comment>slider</comment>
            <translation>Rauschen</translation>
        </message>
        <message>
            <source>None</source>
            <comment>no filter</comment>
            <translation>Keiner</translation>
        </message>
        <message>
            <source>Not a digit</source>
            <translation>Keine Ziffer</translation>
        </message>
        <message>
            <source>Not a digit at all</source>
            <translation>Gar keine Ziffer</translation>
        </message>
        <message>
            <source>Not a directory</source>
            <translation>das ist kein Verzeichnis</translation>
        </message>
        <message>
            <source>Not now</source>
            <translation>Nicht jetzt</translation>
        </message>
        <message>
            <source>Nothing yet</source>
            <translation>Noch nichts</translation>
        </message>
        <message>
            <source>Of every 2×2 places in a map, only the strongest is kept. So the maps become half as wide and high, and shifting a stroke by a pixel changes little.</source>
            <translation>Von je 2×2 Stellen einer Karte bleibt nur die stärkste. So werden die Karten halb so breit und hoch, und ein Strich, der um ein Pixel verrutscht, ändert wenig.</translation>
        </message>
        <message>
            <source>Of the {count} nearest training digits {groups} and {last}.</source>
            <translation>Die {count} nächsten Trainingsziffern: {groups} und {last}.</translation>
        </message>
        <message>
            <source>One digit over another</source>
            <translation>Ziffer über einer anderen</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Öffnen</translation>
        </message>
        <message>
            <source>Open next file</source>
            <translation>Nächste Datei öffnen</translation>
        </message>
        <message>
            <source>Operation not permitted</source>
            <translation>das ist nicht erlaubt</translation>
        </message>
        <message>
            <source>Orange and minus: {minus}. Blue and plus: {plus}.</source>
            <translation>Orange und Minus: {minus}. Blau und Plus: {plus}.</translation>
        </message>
        <message>
            <source>PDF</source>
            <translation>PDF</translation>
        </message>
        <message>
            <source>Page {page} of {name} {reason}.</source>
            <translation>Seite {page} von {name} {reason}.</translation>
        </message>
        <message>
            <source>Page {page} of {pages}</source>
            <translation>Seite {page} von {pages}</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>Seiten</translation>
        </message>
        <message>
            <source>Pages on the left</source>
            <translation>Seiten links</translation>
        </message>
        <message>
            <source>Pages on the right</source>
            <translation>Seiten rechts</translation>
        </message>
        <message>
            <source>Pen size</source>
            <translation>Stiftbreite</translation>
        </message>
        <message>
            <source>Pen size: how thick lines look. It does not affect the answer.</source>
            <translation>Stiftbreite: wie dick Linien aussehen. Die Antwort hängt nicht davon ab.</translation>
        </message>
        <message>
            <source>Permission denied</source>
            <translation>keine Berechtigung</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>Picture (PNG)</source>
            <translation>Bild (PNG)</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>Bilder</translation>
        </message>
        <message>
            <source>Pictures and drawings</source>
            <translation>Bilder und Zeichnungen</translation>
        </message>
        <message>
            <source>Point at a map, or choose one with Tab and the arrow keys.</source>
            <translation>Zeigen Sie auf eine Karte, oder wählen Sie eine mit Tab und den Pfeiltasten.</translation>
        </message>
        <message>
            <source>Preview</source>
            <translation>Vorschau</translation>
        </message>
        <message>
            <source>Previous page</source>
            <translation>Vorige Seite</translation>
        </message>
        <message>
            <source>Print page…</source>
            <translation>Seite drucken…</translation>
        </message>
        <message>
            <source>Probability of the answer against the slider {slider}</source>
            <translation>Wahrscheinlichkeit der Antwort über dem Regler {slider}</translation>
        </message>
        <message>
            <source>Probability of {digit} against the slider {slider}</source>
            <translation>Wahrscheinlichkeit der {digit} über dem Regler {slider}</translation>
        </message>
        <message>
            <source>Read as &amp;One Digit</source>
            <translation>Als &amp;eine Ziffer lesen</translation>
        </message>
        <message>
            <source>Read as a line</source>
            <translation>Als Linie gelesen</translation>
        </message>
        <message>
            <source>Read as a ring or box</source>
            <translation>Als Kreis oder Kasten gelesen</translation>
        </message>
        <message>
            <source>Read as a sign</source>
            <translation>Als Zeichen gelesen</translation>
        </message>
        <message>
            <source>Read as {digit}</source>
            <translation>Als {digit} gelesen</translation>
        </message>
        <message>
            <source>Read as {digit}: {status}, {share}</source>
            <translation>Gelesen als {digit}: {status}, {share}</translation>
        </message>
        <message>
            <source>Read as: not a digit. Closest digit: {digit}</source>
            <translation>Gelesen als: keine Ziffer. Am ähnlichsten: {digit}</translation>
        </message>
        <message>
            <source>Read-only file system</source>
            <translation>der Datenträger ist schreibgeschützt</translation>
        </message>
        <message>
            <source>Reading {name}…</source>
            <translation>Lese {name}…</translation>
        </message>
        <message>
            <source>Reading…</source>
            <translation>Wird gelesen…</translation>
        </message>
        <message>
            <source>Redo</source>
            <comment>button</comment>
            <translation>Vor</translation>
        </message>
        <message>
            <source>Reset all sliders</source>
            <translation>Alle Regler zurücksetzen</translation>
        </message>
        <message>
            <source>Restore it</source>
            <translation>Zurückholen</translation>
        </message>
        <message>
            <source>Right</source>
            <comment>slider</comment>
            <translation>Rechts</translation>
        </message>
        <message>
            <source>Save &amp;As…</source>
            <translation>Speichern &amp;unter…</translation>
        </message>
        <message>
            <source>Save As</source>
            <translation>Speichern unter</translation>
        </message>
        <message>
            <source>Save Page</source>
            <translation>Seite speichern</translation>
        </message>
        <message>
            <source>Save changes to {name}?</source>
            <translation>Die Änderungen an {name} speichern?</translation>
        </message>
        <message>
            <source>Save page…</source>
            <translation>Seite speichern…</translation>
        </message>
        <message>
            <source>Saved as {name}.</source>
            <translation>Gespeichert als {name}.</translation>
        </message>
        <message>
            <source>Scalable drawing (SVG)</source>
            <translation>Zeichnung, beliebig vergrößerbar (SVG)</translation>
        </message>
        <message>
            <source>See below for the reason</source>
            <translation>Der Grund steht unten</translation>
        </message>
        <message>
            <source>Selected: number {place} of {count}, {what}.</source>
            <translation>Ausgewählt: Nummer {place} von {count}, {what}.</translation>
        </message>
        <message>
            <source>Show why the network answers as it does</source>
            <translation>Zeigen, warum das Netz so antwortet</translation>
        </message>
        <message>
            <source>Side by side</source>
            <translation>Nebeneinander</translation>
        </message>
        <message>
            <source>Size</source>
            <comment>slider</comment>
            <translation>Größe</translation>
        </message>
        <message>
            <source>Smaller</source>
            <translation>Kleiner</translation>
        </message>
        <message>
            <source>Smaller (Ctrl+-)</source>
            <translation>Kleiner (Strg+-)</translation>
        </message>
        <message>
            <source>Something went wrong ({kind}). Your drawing is safe.</source>
            <translation>Etwas ist schiefgegangen ({kind}). Ihre Zeichnung bleibt erhalten.</translation>
        </message>
        <message>
            <source>Split</source>
            <translation>Teilen</translation>
        </message>
        <message>
            <source>Split, join or correct this digit</source>
            <translation>Diese Ziffer teilen, verbinden oder korrigieren</translation>
        </message>
        <message>
            <source>Status</source>
            <translation>Status</translation>
        </message>
        <message>
            <source>Status: {message}</source>
            <translation>Status: {message}</translation>
        </message>
        <message>
            <source>Step {number} of {count}</source>
            <translation>Schritt {number} von {count}</translation>
        </message>
        <message>
            <source>Terms</source>
            <translation>Bedingungen</translation>
        </message>
        <message>
            <source>The CNN reads {digit} ({share}), the MLP {other} ({other_share}).</source>
            <translation>Das CNN liest eine {digit} ({share}), das MLP eine {other} ({other_share}).</translation>
        </message>
        <message>
            <source>The CNN reads {digit} ({share}).</source>
            <translation>Das CNN liest eine {digit} ({share}).</translation>
        </message>
        <message>
            <source>The bar</source>
            <translation>Der Balken</translation>
        </message>
        <message>
            <source>The closest other answer found is {digit}. Changing {share} of the ink is enough: {added} added, {removed} removed.</source>
            <translation>Die nächste andere Antwort, die gefunden wurde, ist die {digit}. Es genügt, {share} der Tinte zu ändern: {added} kommt hinzu, {removed} fällt weg.</translation>
        </message>
        <message>
            <source>The curve</source>
            <translation>Der Bogen</translation>
        </message>
        <message>
            <source>The difference</source>
            <translation>Der Unterschied</translation>
        </message>
        <message>
            <source>The drawing</source>
            <translation>Die Zeichnung</translation>
        </message>
        <message>
            <source>The drawing, scaled and centred, in 28x28 pixels</source>
            <translation>Die Zeichnung, skaliert und zentriert, in 28x28 Pixeln</translation>
        </message>
        <message>
            <source>The file has more pages; only the first {pages} are shown.</source>
            <translation>Die Datei hat mehr Seiten; nur die ersten {pages} werden gezeigt.</translation>
        </message>
        <message>
            <source>The file labels this “{label}”.</source>
            <translation>Die Datei nennt das „{label}“.</translation>
        </message>
        <message>
            <source>The file of look-alikes {path} {problem}.</source>
            <translation>Die Datei mit den ähnlichen Ziffern {path} {problem}.</translation>
        </message>
        <message>
            <source>The loop</source>
            <translation>Die Schleife</translation>
        </message>
        <message>
            <source>The map has {size} places.</source>
            <translation>Die Karte hat {size} Stellen.</translation>
        </message>
        <message>
            <source>The model cannot be loaded ({kind}).</source>
            <translation>Das Modell lässt sich nicht laden ({kind}).</translation>
        </message>
        <message>
            <source>The model file {path} is damaged or not a model file.</source>
            <translation>Die Modelldatei {path} ist beschädigt oder keine Modelldatei.</translation>
        </message>
        <message>
            <source>The model file {path} is missing.</source>
            <translation>Die Modelldatei {path} fehlt.</translation>
        </message>
        <message>
            <source>The model file {path} is too large to be a model.</source>
            <translation>Die Modelldatei {path} ist zu groß für ein Modell.</translation>
        </message>
        <message>
            <source>The model file {path} {problem}.</source>
            <translation>Die Modelldatei {path} {problem}.</translation>
        </message>
        <message>
            <source>The nearest is about as far away as usual for a digit.</source>
            <translation>Die nächste ist etwa so weit entfernt wie bei Ziffern üblich.</translation>
        </message>
        <message>
            <source>The nearest is closer than usual for a digit.</source>
            <translation>Die nächste ist näher als bei Ziffern üblich.</translation>
        </message>
        <message>
            <source>The nearest is {times} times as far away as usual for a digit.</source>
            <translation>Die nächste ist {times}-mal so weit entfernt wie bei Ziffern üblich.</translation>
        </message>
        <message>
            <source>The nearest of several thousand digits that the network learned from, compared by the 64 numbers that its last hidden layer makes of each. Below each are its label and its distance, the nearest first. A dashed frame marks a digit other than the answer.</source>
            <translation>Die nächsten von mehreren tausend Ziffern, aus denen das Netz gelernt hat, gemessen an den 64 Zahlen, die seine letzte verborgene Schicht aus jeder macht. Unter jeder steht, welche Ziffer es ist und wie weit entfernt; die nächste kommt zuerst. Ein gestrichelter Rahmen heißt: eine andere Ziffer als die Antwort.</translation>
        </message>
        <message>
            <source>The network's input</source>
            <translation>Die Eingabe des Netzes</translation>
        </message>
        <message>
            <source>The network's input, changed by the fewest dabs of pen and eraser found that have it barely read as another digit. This shows how close the border between two answers is.</source>
            <translation>Die Eingabe des Netzes mit Tupfern von Stift und Radierer, so wenigen wie möglich, sodass sie knapp als andere Ziffer gelesen wird: So nah liegt die Grenze zwischen zwei Antworten.</translation>
        </message>
        <message>
            <source>The page was sent to the printer.</source>
            <translation>Die Seite wurde an den Drucker geschickt.</translation>
        </message>
        <message>
            <source>The pasted picture</source>
            <translation>Das eingefügte Bild</translation>
        </message>
        <message>
            <source>The picture alone looks more like {seen} ({share}); how it was written makes it {digit}. These pages explain the picture.</source>
            <translation>Nach dem Bild allein wäre es eher {seen} ({share}); so, wie es geschrieben wurde, ist es {digit}. Diese Seiten erklären das Bild.</translation>
        </message>
        <message>
            <source>The piece</source>
            <translation>Das Stück</translation>
        </message>
        <message>
            <source>The slanted stroke</source>
            <translation>Der schräge Strich</translation>
        </message>
        <message>
            <source>The strokes</source>
            <translation>Die Striche</translation>
        </message>
        <message>
            <source>The upright stroke</source>
            <translation>Der senkrechte Strich</translation>
        </message>
        <message>
            <source>The {below} maps are laid out as one row of {maps} numbers, folded here to fit. Nothing is computed; the next layers weigh each number by itself.</source>
            <translation>Die {below} Karten werden zu einer Reihe von {maps} Zahlen ausgelegt, die hier der Breite wegen gefaltet ist. Gerechnet wird nichts; die folgenden Schichten gewichten jede Zahl für sich.</translation>
        </message>
        <message>
            <source>There is no MLP to compare with. {reason}</source>
            <translation>Es gibt kein MLP zum Vergleichen. {reason}</translation>
        </message>
        <message>
            <source>There is no answer to copy yet.</source>
            <translation>Es gibt noch keine Antwort zum Kopieren.</translation>
        </message>
        <message>
            <source>There is no drawing to restore.</source>
            <translation>Es gibt keine Zeichnung zum Zurückholen.</translation>
        </message>
        <message>
            <source>There is no picture or file on the clipboard.</source>
            <translation>In der Zwischenablage ist weder ein Bild noch eine Datei.</translation>
        </message>
        <message>
            <source>There is nothing on this page to save or print.</source>
            <translation>Auf dieser Seite ist nichts zu speichern oder zu drucken.</translation>
        </message>
        <message>
            <source>These digits could not be read ({kind}).</source>
            <translation>Diese Ziffern ließen sich nicht lesen ({kind}).</translation>
        </message>
        <message>
            <source>Thi&amp;nner Pen</source>
            <translation>Dünnerer Stif&amp;t</translation>
        </message>
        <message>
            <source>Thic&amp;ker Pen</source>
            <translation>&amp;Dickerer Stift</translation>
        </message>
        <message>
            <source>Thickness</source>
            <comment>slider</comment>
            <translation>Strichdicke</translation>
        </message>
        <message>
            <source>This cannot be split: it is a single stroke with no place to cut.</source>
            <translation>Das lässt sich nicht teilen: Es ist ein einziger Strich ohne Stelle zum Trennen.</translation>
        </message>
        <message>
            <source>This cannot be split: there is no place to cut.</source>
            <translation>Das lässt sich nicht teilen: Es gibt keine Stelle zum Trennen.</translation>
        </message>
        <message>
            <source>This digit</source>
            <translation>Diese Ziffer</translation>
        </message>
        <message>
            <source>This digit could not be split ({kind}).</source>
            <translation>Diese Ziffer ließ sich nicht teilen ({kind}).</translation>
        </message>
        <message>
            <source>This digit is {digit} (key {digit})</source>
            <translation>Diese Ziffer ist eine {digit} (Taste {digit})</translation>
        </message>
        <message>
            <source>This drawing could not be explained ({kind}).</source>
            <translation>Diese Zeichnung ließ sich nicht erklären ({kind}).</translation>
        </message>
        <message>
            <source>This drawing could not be read ({kind}).</source>
            <translation>Diese Zeichnung ließ sich nicht lesen ({kind}).</translation>
        </message>
        <message>
            <source>This is the drawing as the network gets it: scaled and centred, in 28×28 pixels, from 0 for paper to 1 for ink. These 784 numbers are all the network knows of it.</source>
            <translation>Das ist die Zeichnung, wie das Netz sie bekommt: skaliert und zentriert, in 28×28 Pixeln, von 0 für Papier bis 1 für Tinte. Diese 784 Zahlen sind alles, was das Netz von ihr weiß.</translation>
        </message>
        <message>
            <source>This place sees {seen} pixels of the input.</source>
            <translation>Diese Stelle sieht {seen} Pixel der Eingabe.</translation>
        </message>
        <message>
            <source>Too small for a digit</source>
            <translation>Zu klein für eine Ziffer</translation>
        </message>
        <message>
            <source>Try a sharper or closer picture</source>
            <translation>Schärfer oder näher fotografieren</translation>
        </message>
        <message>
            <source>Turn</source>
            <comment>slider</comment>
            <translation>Drehung</translation>
        </message>
        <message>
            <source>Turn it</source>
            <translation>Drehen</translation>
        </message>
        <message>
            <source>Understand</source>
            <translation>Verstehen</translation>
        </message>
        <message>
            <source>Undo</source>
            <comment>button</comment>
            <translation>Zurück</translation>
        </message>
        <message>
            <source>Undock or dock Understand</source>
            <translation>Verstehen lösen oder andocken</translation>
        </message>
        <message>
            <source>Unsaved work cannot be backed up: {reason}.</source>
            <translation>Was nicht gespeichert ist, lässt sich nicht sichern: {reason}.</translation>
        </message>
        <message>
            <source>Value here: {value}</source>
            <translation>Wert hier: {value}</translation>
        </message>
        <message>
            <source>Weights of {rows} by {columns} on {maps} maps, from {least} to {most}</source>
            <translation>Gewichte, {rows} mal {columns} auf {maps} Karten, von {least} bis {most}</translation>
        </message>
        <message>
            <source>What DigitPad is built from</source>
            <translation>Woraus DigitPad besteht</translation>
        </message>
        <message>
            <source>What a filter sees</source>
            <translation>Was ein Filter sieht</translation>
        </message>
        <message>
            <source>What both networks see</source>
            <translation>Was beide Netze sehen</translation>
        </message>
        <message>
            <source>What speaks for the answer</source>
            <translation>Was für die Antwort spricht</translation>
        </message>
        <message>
            <source>What the network sees</source>
            <translation>Was das Netz sieht</translation>
        </message>
        <message>
            <source>What the network sees, 28 × 28 (PNG)</source>
            <translation>Was das Netz sieht, 28 × 28 (PNG)</translation>
        </message>
        <message>
            <source>What the network sees: the drawing, scaled and centred, in 28x28 pixels</source>
            <translation>Was das Netz sieht: die Zeichnung, skaliert und zentriert, in 28x28 Pixeln</translation>
        </message>
        <message>
            <source>What the selected digit is</source>
            <translation>Was die ausgewählte Ziffer ist</translation>
        </message>
        <message>
            <source>What would change its mind</source>
            <translation>Was die Antwort ändern würde</translation>
        </message>
        <message>
            <source>Why 7 and not 1</source>
            <translation>Warum 7 und nicht 1</translation>
        </message>
        <message>
            <source>Why?</source>
            <translation>Warum?</translation>
        </message>
        <message>
            <source>Write a digit and see how sure a network is.</source>
            <translation>Schreiben Sie eine Ziffer und sehen Sie, wie sicher ein Netz ist.</translation>
        </message>
        <message>
            <source>Write a digit or a number</source>
            <translation>Ziffer oder Zahl schreiben</translation>
        </message>
        <message>
            <source>Write digits here</source>
            <translation>Hier Ziffern schreiben</translation>
        </message>
        <message>
            <source>Write one digit, 0 to 9</source>
            <translation>Eine Ziffer schreiben, 0 bis 9</translation>
        </message>
        <message>
            <source>Your drawing from before the tour was kept.</source>
            <translation>Die Zeichnung von vor dem Rundgang ist noch da.</translation>
        </message>
        <message>
            <source>a 4.</source>
            <translation>eine 4.</translation>
        </message>
        <message>
            <source>a 7.</source>
            <translation>eine 7.</translation>
        </message>
        <message>
            <source>a 9.</source>
            <translation>eine 9.</translation>
        </message>
        <message>
            <source>a capital A.</source>
            <translation>ein großes A.</translation>
        </message>
        <message>
            <source>a coordinate is beyond {limit}</source>
            <translation>eine Koordinate liegt jenseits von {limit}</translation>
        </message>
        <message>
            <source>a coordinate is not a finite number</source>
            <translation>eine Koordinate ist keine endliche Zahl</translation>
        </message>
        <message>
            <source>a number has too many digits</source>
            <translation>eine Zahl hat zu viele Ziffern</translation>
        </message>
        <message>
            <source>a point has fewer values than channels</source>
            <translation>ein Punkt hat weniger Werte als Kanäle</translation>
        </message>
        <message>
            <source>a point has more values than channels</source>
            <translation>ein Punkt hat mehr Werte als Kanäle</translation>
        </message>
        <message>
            <source>a point is not [x, y] or [x, y, pressure]</source>
            <translation>ein Punkt ist nicht [x, y] oder [x, y, Druck]</translation>
        </message>
        <message>
            <source>a stroke has no points</source>
            <translation>ein Strich hat keine Punkte</translation>
        </message>
        <message>
            <source>a stroke is not a list of points</source>
            <translation>ein Strich ist keine Liste von Punkten</translation>
        </message>
        <message>
            <source>a value is not a number</source>
            <translation>ein Wert ist keine Zahl</translation>
        </message>
        <message>
            <source>a {digit}</source>
            <translation>eine {digit}</translation>
        </message>
        <message>
            <source>across the middle</source>
            <translation>quer durch die Mitte</translation>
        </message>
        <message>
            <source>along the bottom</source>
            <translation>am unteren Rand</translation>
        </message>
        <message>
            <source>along the top</source>
            <translation>am oberen Rand</translation>
        </message>
        <message>
            <source>an 8</source>
            <translation>eine 8</translation>
        </message>
        <message>
            <source>an 8, slowly.</source>
            <translation>eine 8, langsam.</translation>
        </message>
        <message>
            <source>at the bottom</source>
            <translation>unten</translation>
        </message>
        <message>
            <source>at the bottom left</source>
            <translation>unten links</translation>
        </message>
        <message>
            <source>at the bottom right</source>
            <translation>unten rechts</translation>
        </message>
        <message>
            <source>at the top</source>
            <translation>oben</translation>
        </message>
        <message>
            <source>at the top left</source>
            <translation>oben links</translation>
        </message>
        <message>
            <source>at the top right</source>
            <translation>oben rechts</translation>
        </message>
        <message>
            <source>cannot be read: {reason}</source>
            <translation>lässt sich nicht lesen: {reason}</translation>
        </message>
        <message>
            <source>could not be written: {reason}</source>
            <translation>ließ sich nicht schreiben: {reason}</translation>
        </message>
        <message>
            <source>declares a document type, which may hide entities and is refused</source>
            <translation>enthält eine Dokumenttyp-Deklaration, die Entitäten verbergen kann, und wird abgelehnt</translation>
        </message>
        <message>
            <source>does not end in ten outputs</source>
            <translation>endet nicht in zehn Ausgängen</translation>
        </message>
        <message>
            <source>does not fit together</source>
            <translation>passt in sich nicht zusammen</translation>
        </message>
        <message>
            <source>does not name the ten digits in order</source>
            <translation>nennt die zehn Ziffern nicht der Reihe nach</translation>
        </message>
        <message>
            <source>down the left</source>
            <translation>am linken Rand</translation>
        </message>
        <message>
            <source>down the right</source>
            <translation>am rechten Rand</translation>
        </message>
        <message>
            <source>eight</source>
            <comment>count</comment>
            <translation>acht</translation>
        </message>
        <message>
            <source>eleven</source>
            <comment>count</comment>
            <translation>elf</translation>
        </message>
        <message>
            <source>en</source>
            <comment>code of this language</comment>
            <translation>de</translation>
        </message>
        <message>
            <source>five</source>
            <comment>count</comment>
            <translation>fünf</translation>
        </message>
        <message>
            <source>four</source>
            <comment>count</comment>
            <translation>vier</translation>
        </message>
        <message>
            <source>has a calibration out of range</source>
            <translation>hat eine Kalibrierung außerhalb des Bereichs</translation>
        </message>
        <message>
            <source>has another format; this program reads {known}</source>
            <translation>hat ein anderes Format; dieses Programm liest {known}</translation>
        </message>
        <message>
            <source>has arrays of the wrong kind</source>
            <translation>hat Felder der falschen Art</translation>
        </message>
        <message>
            <source>has arrays that do not fit together</source>
            <translation>hat Felder, die nicht zusammenpassen</translation>
        </message>
        <message>
            <source>has format {found}; this program reads {known}</source>
            <translation>hat das Format {found}; dieses Programm liest {known}</translation>
        </message>
        <message>
            <source>has incomplete metadata</source>
            <translation>hat unvollständige Metadaten</translation>
        </message>
        <message>
            <source>has more than {limit} numbers in its traces</source>
            <translation>hat mehr als {limit} Zahlen in den Strichen</translation>
        </message>
        <message>
            <source>has more than {limit} points</source>
            <translation>hat mehr als {limit} Punkte</translation>
        </message>
        <message>
            <source>has more than {limit} strokes</source>
            <translation>hat mehr als {limit} Striche</translation>
        </message>
        <message>
            <source>has more than {millions} million pixels</source>
            <translation>hat mehr als {millions} Millionen Pixel</translation>
        </message>
        <message>
            <source>has no drawing in line {line}: {reason}</source>
            <translation>hat keine Zeichnung in Zeile {line}: {reason}</translation>
        </message>
        <message>
            <source>has no known extension: {first} or {second}</source>
            <translation>hat keine bekannte Endung: {first} oder {second}</translation>
        </message>
        <message>
            <source>has no metadata</source>
            <translation>hat keine Metadaten</translation>
        </message>
        <message>
            <source>has no typical distance</source>
            <translation>hat keinen üblichen Abstand</translation>
        </message>
        <message>
            <source>has too many channels</source>
            <translation>hat zu viele Kanäle</translation>
        </message>
        <message>
            <source>has too many elements</source>
            <translation>hat zu viele Elemente</translation>
        </message>
        <message>
            <source>has too many elements or attributes</source>
            <translation>hat zu viele Elemente oder Attribute</translation>
        </message>
        <message>
            <source>has values out of range</source>
            <translation>hat Werte außerhalb des Bereichs</translation>
        </message>
        <message>
            <source>has weights that are not 32-bit floats</source>
            <translation>hat Gewichte, die keine 32-Bit-Gleitkommazahlen sind</translation>
        </message>
        <message>
            <source>has weights that are not finite</source>
            <translation>hat Gewichte, die nicht endlich sind</translation>
        </message>
        <message>
            <source>holds no ink</source>
            <translation>enthält keine Tinte</translation>
        </message>
        <message>
            <source>how little ink it takes, added or removed, to change the answer to another digit.</source>
            <translation>wie wenig Tinte hinzukommen oder wegfallen muss, bis die Antwort eine andere Ziffer ist.</translation>
        </message>
        <message>
            <source>in the lower half</source>
            <translation>in der unteren Hälfte</translation>
        </message>
        <message>
            <source>in the middle</source>
            <translation>in der Mitte</translation>
        </message>
        <message>
            <source>in the upper half</source>
            <translation>in der oberen Hälfte</translation>
        </message>
        <message>
            <source>ink added</source>
            <translation>hinzugefügte Tinte</translation>
        </message>
        <message>
            <source>ink removed</source>
            <translation>entfernte Tinte</translation>
        </message>
        <message>
            <source>input</source>
            <translation>Eingabe</translation>
        </message>
        <message>
            <source>is XML, but not InkML</source>
            <translation>ist XML, aber kein InkML</translation>
        </message>
        <message>
            <source>is a directory</source>
            <translation>ist ein Verzeichnis</translation>
        </message>
        <message>
            <source>is damaged or not InkML: see line {line}</source>
            <translation>ist beschädigt oder kein InkML: siehe Zeile {line}</translation>
        </message>
        <message>
            <source>is damaged or not such a file</source>
            <translation>ist beschädigt oder keine solche Datei</translation>
        </message>
        <message>
            <source>is empty</source>
            <translation>ist leer</translation>
        </message>
        <message>
            <source>is for pictures of another shape</source>
            <translation>ist für Bilder einer anderen Form</translation>
        </message>
        <message>
            <source>is in an unknown encoding</source>
            <translation>hat eine unbekannte Zeichenkodierung</translation>
        </message>
        <message>
            <source>is larger than {limit} bytes</source>
            <translation>ist größer als {limit} Byte</translation>
        </message>
        <message>
            <source>is made of more parts than a picture needs</source>
            <translation>besteht aus mehr Teilen, als ein Bild braucht</translation>
        </message>
        <message>
            <source>is missing</source>
            <translation>fehlt</translation>
        </message>
        <message>
            <source>is neither a picture nor ink</source>
            <translation>ist weder ein Bild noch eine Zeichnung</translation>
        </message>
        <message>
            <source>is not a file name</source>
            <translation>ist kein Dateiname</translation>
        </message>
        <message>
            <source>is not a regular file</source>
            <translation>ist keine gewöhnliche Datei</translation>
        </message>
        <message>
            <source>is not text</source>
            <translation>ist kein Text</translation>
        </message>
        <message>
            <source>is of a network that does not fit in memory</source>
            <translation>ist von einem Netz, das nicht in den Speicher passt</translation>
        </message>
        <message>
            <source>is too large</source>
            <translation>ist zu groß</translation>
        </message>
        <message>
            <source>is too long and thin for digits ({width} x {height} pixels)</source>
            <translation>ist zu lang und schmal für Ziffern ({width} x {height} Pixel)</translation>
        </message>
        <message>
            <source>is too small for a digit ({width} x {height} pixels)</source>
            <translation>ist zu klein für eine Ziffer ({width} x {height} Pixel)</translation>
        </message>
        <message>
            <source>is truncated or damaged</source>
            <translation>ist abgeschnitten oder beschädigt</translation>
        </message>
        <message>
            <source>it refers to another document, {name}, which is not opened</source>
            <translation>verweist auf ein anderes Dokument, {name}, das nicht geöffnet wird</translation>
        </message>
        <message>
            <source>it refers to {name}, which is not defined</source>
            <translation>verweist auf {name}, das nirgends definiert ist</translation>
        </message>
        <message>
            <source>its format has no X and Y</source>
            <translation>das Format hat kein X und Y</translation>
        </message>
        <message>
            <source>its format is referred to through too many steps</source>
            <translation>auf das Format wird über zu viele Schritte verwiesen</translation>
        </message>
        <message>
            <source>longer than {limit} bytes</source>
            <translation>länger als {limit} Byte</translation>
        </message>
        <message>
            <source>more than {limit} points</source>
            <translation>mehr als {limit} Punkte</translation>
        </message>
        <message>
            <source>more than {limit} strokes</source>
            <translation>mehr als {limit} Striche</translation>
        </message>
        <message>
            <source>nested too deeply</source>
            <translation>zu tief verschachtelt</translation>
        </message>
        <message>
            <source>nine</source>
            <comment>count</comment>
            <translation>neun</translation>
        </message>
        <message>
            <source>no</source>
            <comment>count</comment>
            <translation>keine</translation>
        </message>
        <message>
            <source>no answer</source>
            <translation>keine Antwort</translation>
        </message>
        <message>
            <source>no digits</source>
            <translation>keine Ziffern</translation>
        </message>
        <message>
            <source>no parameters</source>
            <translation>keine Parameter</translation>
        </message>
        <message>
            <source>no {strokes}</source>
            <translation>kein {strokes}</translation>
        </message>
        <message>
            <source>not JSON at column {column}</source>
            <translation>kein JSON in Spalte {column}</translation>
        </message>
        <message>
            <source>not UTF-8 text</source>
            <translation>kein Text in UTF-8</translation>
        </message>
        <message>
            <source>not a digit</source>
            <translation>keine Ziffer</translation>
        </message>
        <message>
            <source>not reached: the line before it does not end</source>
            <translation>nicht erreicht: Die Zeile davor endet nicht</translation>
        </message>
        <message>
            <source>not reached: {limit} blank lines come before it</source>
            <translation>nicht erreicht: Davor stehen {limit} leere Zeilen</translation>
        </message>
        <message>
            <source>not sure</source>
            <translation>unsicher</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>nichts</translation>
        </message>
        <message>
            <source>nothing yet</source>
            <translation>noch nichts</translation>
        </message>
        <message>
            <source>on the left</source>
            <translation>links</translation>
        </message>
        <message>
            <source>on the right</source>
            <translation>rechts</translation>
        </message>
        <message>
            <source>one</source>
            <comment>count</comment>
            <translation>ein</translation>
        </message>
        <message>
            <source>one is {digit}</source>
            <translation>einmal {digit}</translation>
        </message>
        <message>
            <source>or drop a picture of it</source>
            <translation>oder ein Bild davon ablegen</translation>
        </message>
        <message>
            <source>or drop a picture of them</source>
            <translation>oder ein Bild davon ablegen</translation>
        </message>
        <message>
            <source>page {page}</source>
            <translation>Seite {page}</translation>
        </message>
        <message>
            <source>seven</source>
            <comment>count</comment>
            <translation>sieben</translation>
        </message>
        <message>
            <source>six</source>
            <comment>count</comment>
            <translation>sechs</translation>
        </message>
        <message>
            <source>speaks for the answer</source>
            <translation>spricht für die Antwort</translation>
        </message>
        <message>
            <source>speaks for the rival</source>
            <translation>spricht für die zweitbeste Ziffer</translation>
        </message>
        <message>
            <source>speaks for {digit}</source>
            <translation>spricht für die {digit}</translation>
        </message>
        <message>
            <source>speaks for {digit}, the rival</source>
            <translation>spricht für die {digit}, die zweitbeste</translation>
        </message>
        <message>
            <source>step {number} of {count}</source>
            <translation>Schritt {number} von {count}</translation>
        </message>
        <message>
            <source>sure</source>
            <translation>sicher</translation>
        </message>
        <message>
            <source>takes more than {room} MB to be decoded ({width} x {height} pixels)</source>
            <translation>braucht mehr als {room} MB zum Entpacken ({width} x {height} Pixel)</translation>
        </message>
        <message>
            <source>takes too long to be unpacked</source>
            <translation>braucht zu lange zum Entpacken</translation>
        </message>
        <message>
            <source>ten</source>
            <comment>count</comment>
            <translation>zehn</translation>
        </message>
        <message>
            <source>that both usually lose the 7 when you drag the Turn slider far to one side or the other. No layer knows about turning: only training teaches it.</source>
            <translation>dass beide die 7 meist verlieren, wenn Sie „Drehung“ weit nach einer Seite ziehen. Keine Schicht weiß vom Drehen: Das lehrt das Training.</translation>
        </message>
        <message>
            <source>that it is rejected, although the bars favour one digit: even the nearest training digits are far away.</source>
            <translation>dass es abgewiesen wird, obwohl die Balken zu einer Ziffer neigen: Selbst die nächsten Trainingsziffern sind weit weg.</translation>
        </message>
        <message>
            <source>that some maps of the first layer light up where the line is upright, others where it slants. Point at one to see its filter.</source>
            <translation>dass manche Karten der ersten Schicht bei senkrechten Linien aufleuchten, andere bei schrägen. Zeigen Sie auf eine: So sieht ihr Filter aus.</translation>
        </message>
        <message>
            <source>that the multi-layer perceptron (MLP) loses the digit first when you drag Right to one end or the other. A CNN's filters look everywhere.</source>
            <translation>dass das mehrlagige Perzeptron (MLP) die Ziffer zuerst verliert, wenn Sie „Rechts“ an ein Ende ziehen. Filter eines CNN suchen überall.</translation>
        </message>
        <message>
            <source>the compressed data is damaged or ends early</source>
            <translation>die komprimierten Daten sind beschädigt oder enden zu früh</translation>
        </message>
        <message>
            <source>the input</source>
            <translation>der Eingabe</translation>
        </message>
        <message>
            <source>the picture</source>
            <translation>das Bild</translation>
        </message>
        <message>
            <source>three</source>
            <comment>count</comment>
            <translation>drei</translation>
        </message>
        <message>
            <source>trace {number}: {reason}</source>
            <translation>ist nicht lesbar, Strich {number}: {reason}</translation>
        </message>
        <message>
            <source>twelve</source>
            <comment>count</comment>
            <translation>zwölf</translation>
        </message>
        <message>
            <source>two</source>
            <comment>count</comment>
            <translation>zwei</translation>
        </message>
        <message>
            <source>under 1 %</source>
            <translation>unter 1 %</translation>
        </message>
        <message>
            <source>unpacks to more than {times} times its size</source>
            <translation>entpackt sich auf mehr als das {times}-Fache der Größe</translation>
        </message>
        <message>
            <source>was changed after it was made: its checksum differs</source>
            <translation>wurde nachträglich verändert: Die Prüfsumme stimmt nicht</translation>
        </message>
        <message>
            <source>was made for another network and must be made again</source>
            <translation>wurde für ein anderes Netz gemacht und muss neu gemacht werden</translation>
        </message>
        <message>
            <source>was trained for preprocessing {found}; this program has {known}</source>
            <translation>wurde für die Vorverarbeitung {found} trainiert; dieses Programm hat {known}</translation>
        </message>
        <message>
            <source>which parts are blue and marked with a +: they speak for the 7. Draw it again without the bar at the top, and it becomes a 1.</source>
            <translation>welche Teile blau sind und ein + tragen: Sie sprechen für die 7. Noch einmal ohne den Balken oben gezeichnet, ist es eine 1.</translation>
        </message>
        <message>
            <source>without it this would be most like {digit}.</source>
            <translation>ohne dieses Stück sähe das am ehesten aus wie {digit}.</translation>
        </message>
        <message>
            <source>without it this would be {digit}.</source>
            <translation>ohne dieses Stück wäre das {digit}.</translation>
        </message>
        <message>
            <source>without it this would hardly be a digit, at best {digit}.</source>
            <translation>ohne dieses Stück wäre das kaum eine Ziffer, am ehesten {digit}.</translation>
        </message>
        <message>
            <source>without it this would still be most like {digit}, but less so.</source>
            <translation>ohne dieses Stück sähe das immer noch am ehesten aus wie {digit}, aber weniger.</translation>
        </message>
        <message>
            <source>without it this would still be {digit}, but less surely.</source>
            <translation>ohne dieses Stück wäre das immer noch {digit}, aber weniger sicher.</translation>
        </message>
        <message>
            <source>without them this would be most like {digit}.</source>
            <translation>ohne sie sähe das am ehesten aus wie {digit}.</translation>
        </message>
        <message>
            <source>without them this would be {digit}.</source>
            <translation>ohne sie wäre das {digit}.</translation>
        </message>
        <message>
            <source>without them this would hardly be a digit, at best {digit}.</source>
            <translation>ohne sie wäre das kaum eine Ziffer, am ehesten {digit}.</translation>
        </message>
        <message>
            <source>without them this would still be most like {digit}, but less so.</source>
            <translation>ohne sie sähe das immer noch am ehesten aus wie {digit}, aber weniger.</translation>
        </message>
        <message>
            <source>without them this would still be {digit}, but less surely.</source>
            <translation>ohne sie wäre das immer noch {digit}, aber weniger sicher.</translation>
        </message>
        <message>
            <source>your answer</source>
            <translation>Ihre Antwort</translation>
        </message>
        <message>
            <source>{answer}: click to split, join or correct it</source>
            <translation>{answer}: zum Teilen, Verbinden oder Korrigieren anklicken</translation>
        </message>
        <message>
            <source>{below} maps</source>
            <translation>{below} Karten</translation>
        </message>
        <message>
            <source>{count} are {digit}s</source>
            <translation>{count}mal eine {digit}</translation>
        </message>
        <message>
            <source>{count} parameters</source>
            <translation>{count} Parameter</translation>
        </message>
        <message>
            <source>{digits} in {lines} lines</source>
            <translation>{digits} in {lines} Zeilen</translation>
        </message>
        <message>
            <source>{digits}, {count} not sure</source>
            <translation>{digits}, {count} unsicher</translation>
        </message>
        <message>
            <source>{digit}, at a distance of {distance}</source>
            <translation>{digit}, im Abstand {distance}</translation>
        </message>
        <message>
            <source>{digit}, not the answer, at a distance of {distance}</source>
            <translation>{digit}, nicht die Antwort, im Abstand {distance}</translation>
        </message>
        <message>
            <source>{layer}, map {place} of {count}</source>
            <translation>{layer}, Karte {place} von {count}</translation>
        </message>
        <message>
            <source>{layer}, number {place} of {count}</source>
            <translation>{layer}, Zahl {place} von {count}</translation>
        </message>
        <message>
            <source>{layer}, the output for {index}</source>
            <translation>{layer}, der Ausgang für die {index}</translation>
        </message>
        <message>
            <source>{layer}, unit {place} of {count}</source>
            <translation>{layer}, Einheit {place} von {count}</translation>
        </message>
        <message>
            <source>{length} px</source>
            <translation>{length} px</translation>
        </message>
        <message>
            <source>{maps} filters look at all {below} maps below at once and find patterns of patterns: corners, crossings, ends of lines. Each place of their maps sees {seen} pixels of the drawing.</source>
            <translation>{maps} Filter schauen auf alle {below} Karten darunter zugleich und finden Muster aus Mustern: Ecken, Kreuzungen, Enden von Linien. Jede Stelle ihrer Karten sieht {seen} Pixel der Zeichnung.</translation>
        </message>
        <message>
            <source>{maps} filters put corners and curves together into large parts of a digit: a loop, a bar, a hook. Each place of their maps sees {seen} pixels of the drawing.</source>
            <translation>{maps} Filter setzen Ecken und Bögen zu großen Teilen einer Ziffer zusammen: einer Schleife, einem Balken, einem Haken. Jede Stelle ihrer Karten sieht {seen} Pixel der Zeichnung.</translation>
        </message>
        <message>
            <source>{maps} small filters slide over the drawing, and each paints a map of where it finds its own pattern: an edge, a slant, a bend. A filter is the same wherever it looks, so it still finds a line that has moved.</source>
            <translation>{maps} kleine Filter gleiten über die Zeichnung, und jeder malt eine Karte davon, wo er sein eigenes Muster findet: eine Kante, eine Schräge, eine Biegung. Ein Filter ist überall derselbe, also wird auch eine verschobene Linie gefunden.</translation>
        </message>
        <message>
            <source>{name} already exists. Replace it?</source>
            <translation>{name} gibt es schon. Soll die Datei ersetzt werden?</translation>
        </message>
        <message>
            <source>{name} cannot be read: {reason}.</source>
            <translation>{name} lässt sich nicht lesen: {reason}.</translation>
        </message>
        <message>
            <source>{name} could not be read ({kind}).</source>
            <translation>{name} ließ sich nicht lesen ({kind}).</translation>
        </message>
        <message>
            <source>{name} could not be written: {reason}.</source>
            <translation>{name} ließ sich nicht schreiben: {reason}.</translation>
        </message>
        <message>
            <source>{name} did not accept the page.</source>
            <translation>{name} nimmt die Seite nicht an.</translation>
        </message>
        <message>
            <source>{name} holds several drawings. This is the first one.</source>
            <translation>{name} enthält mehrere Zeichnungen. Das ist die erste.</translation>
        </message>
        <message>
            <source>{name} is file {number} of {count}.</source>
            <translation>{name} ist Datei {number} von {count}.</translation>
        </message>
        <message>
            <source>{name} needs more memory than is available.</source>
            <translation>{name} braucht mehr Speicher, als da ist.</translation>
        </message>
        <message>
            <source>{name} {reason}.</source>
            <translation>{name} {reason}.</translation>
        </message>
        <message numerus="yes">
            <source>{n} digits</source>
            <translation>
                <numerusform>1 Ziffer</numerusform>
                <numerusform>{n} Ziffern</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} strokes</source>
            <translation>
                <numerusform>1 Strich</numerusform>
                <numerusform>{n} Striche</numerusform>
            </translation>
        </message>
        <message>
            <source>{parameters} in total.</source>
            <translation>Zusammen {parameters}.</translation>
        </message>
        <message>
            <source>{piece} {place} are needed</source>
            <comment>of several strokes</comment>
            <translation>{piece} {place} werden gebraucht</translation>
        </message>
        <message>
            <source>{piece} {place} is needed</source>
            <translation>{piece} {place} wird gebraucht</translation>
        </message>
        <message>
            <source>{piece} {place} speak for {digit}</source>
            <comment>of several strokes</comment>
            <translation>{piece} {place} sprechen für die {digit}</translation>
        </message>
        <message>
            <source>{piece} {place} speaks for {digit}</source>
            <translation>{piece} {place} spricht für die {digit}</translation>
        </message>
        <message>
            <source>{share} overall</source>
            <translation>{share} insgesamt</translation>
        </message>
        <message>
            <source>{share}, shown large</source>
            <translation>{share}, groß gezeigt</translation>
        </message>
        <message>
            <source>{share}, the most likely</source>
            <translation>{share}, am wahrscheinlichsten</translation>
        </message>
        <message>
            <source>{slider}: probability of the answer</source>
            <translation>{slider}: Wahrscheinlichkeit der Antwort</translation>
        </message>
        <message>
            <source>{slider}: probability of {digit}</source>
            <translation>{slider}: Wahrscheinlichkeit der {digit}</translation>
        </message>
        <message>
            <source>{which} is:</source>
            <translation>{which} ist:</translation>
        </message>
        <message>
            <source>{which}, {answer}. What is it?</source>
            <translation>{which}, {answer}. Was ist es?</translation>
        </message>
    </context>
</TS>
