using Kiwire.Server.Devices.Polling;
using Kiwire.Server.Devices.Series;

namespace Kiwire.Server.Tests.Devices.Polling;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class SeriesCatalogTests
{
    [Test]
    public void A_series_keeps_its_number_also_when_it_is_stored_and_gets_its_new_label()
    {
        SeriesCatalog catalog = SeriesCatalog.Empty;
        int[] first = catalog.Number([("in", "1", "ether1", "bit/s"), ("cpu", "", "", "%")], 1000, out bool isNew);
        SeriesCatalog stored = SeriesCatalog.FromJson(catalog.ToJson());
        int[] second = stored.Number([("cpu", "", "", "%"), ("in", "1", "uplink", "bit/s"), ("in", "2", "ether2", "bit/s")], 2000, out bool isChanged);
        _ = stored.Number([("cpu", "", "", "%")], 3000, out bool isSame);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((isNew, isChanged, isSame), Is.EqualTo((true, true, false)));
            Assert.That(first, Is.EqualTo(new[] { 2, 3 }), "0 and 1 are every device's");
            Assert.That(second, Is.EqualTo(new[] { 3, 2, 4 }));
            Assert.That(stored.All, Is.EqualTo(new SeriesInfo[]
            {
                new(2, "in", "1", "uplink", "bit/s", 1000), new(3, "cpu", "", "", "%", 1000), new(4, "in", "2", "ether2", "bit/s", 2000),
            }));
        }
    }

    [Test]
    public void Full_it_gives_away_the_numbers_of_what_is_polled_no_more_and_says_since_when()
    {
        SeriesCatalog catalog = SeriesCatalog.Empty;
        (string, string, string, string)[] all = [.. Enumerable.Range(0, SeriesBuckets.MostSeries - 2).Select(i => ("in", $"{i}", "", ""))];
        _ = catalog.Number(all, 1000, out _);
        (string, string, string, string)[] later = [.. all[2..], ("in", "new", "", ""), ("in", "newer", "", ""), ("in", "one too many", "", "")];

        int[] numbers = catalog.Number(later, 9000, out _);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(numbers[^3..], Is.EqualTo(new[] { 2, 3, -1 }));
            Assert.That(numbers[..^3], Is.EqualTo(Enumerable.Range(4, all.Length - 2)));
            Assert.That(catalog.All.Single(series => series.Number == 2), Is.EqualTo(new SeriesInfo(2, "in", "new", "", "", 9000)));
        }
    }
}
