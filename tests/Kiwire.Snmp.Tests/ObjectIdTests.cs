namespace Kiwire.Snmp.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class ObjectIdTests
{
    [TestCase("1.3.6.1.2.1.1.3.0", "1.3.6.1.2.1.1.3.0")]
    [TestCase(".1.3.6.1", "1.3.6.1")]
    [TestCase("0", "0")]
    [TestCase("2.999.4294967295", "2.999.4294967295")]
    public void Reads_and_writes_numbers_with_dots(string text, string written) => Assert.That(ObjectId.Parse(text).ToString(), Is.EqualTo(written));

    [TestCase("")]
    [TestCase(".")]
    [TestCase("1..3")]
    [TestCase("1.3.")]
    [TestCase("..1.3")]
    [TestCase("1.3.x")]
    [TestCase("1.3.-1")]
    [TestCase("1.3. 6")]
    [TestCase("1.3.+6")]
    [TestCase("1.3.4294967296")]
    [TestCase("3.1")]
    [TestCase("1.40")]
    [TestCase("iso.3.6")]
    public void Refuses_what_is_none(string text)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ObjectId.TryParse(text, out ObjectId id), Is.False);
            Assert.That(id, Is.Default);
            Assert.That(() => ObjectId.Parse(text), Throws.TypeOf<FormatException>());
        }
    }

    [Test]
    public void Has_up_to_128_sub_identifiers()
    {
        string longest = "1" + string.Concat(Enumerable.Repeat(".3", 127));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ObjectId.Parse(longest).Length, Is.EqualTo(128));
            Assert.That(ObjectId.TryParse(longest + ".3", out _), Is.False);
            Assert.That(() => ObjectId.Parse(longest).Append(1), Throws.ArgumentException);
            Assert.That(() => new ObjectId(new uint[129]), Throws.ArgumentException);
        }
    }

    [Test]
    public void Is_ordered_as_a_walk_goes()
    {
        ObjectId[] ordered = [.. new[] { "1.3", "1.3.6", "1.3.6.1.9", "1.3.6.1.10", "1.3.6.2", "1.3.6.4294967295", "1.4" }.Select(ObjectId.Parse)];
        ObjectId[] shuffled = [.. ordered];
        new Random(7).Shuffle(shuffled);

        Array.Sort(shuffled);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(shuffled, Is.EqualTo(ordered));
            Assert.That(ordered[0] < ordered[1] && ordered[1] <= ordered[2] && ordered[2] > ordered[1] && ordered[2] >= ordered[0], Is.True);
        }
    }

    [Test]
    public void Is_equal_by_its_sub_identifiers()
    {
        ObjectId one = ObjectId.Parse("1.3.6.1").Append(2, 1);
        ObjectId other = new(1, 3, 6, 1, 2, 1);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(one == other && one.Equals((object)other), Is.True);
            Assert.That(one.GetHashCode(), Is.EqualTo(other.GetHashCode()));
            Assert.That(one != ObjectId.Parse("1.3.6.1.2.2"), Is.True);
        }
    }

    [TestCase("1.3.6.1.2", "1.3.6.1.2", true)]
    [TestCase("1.3.6.1.2.9", "1.3.6.1.2", true)]
    [TestCase("1.3.6.1.20", "1.3.6.1.2", false)]
    [TestCase("1.3.6.1", "1.3.6.1.2", false)]
    public void Starts_with_what_it_is_below(string id, string prefix, bool starts) => Assert.That(ObjectId.Parse(id).StartsWith(ObjectId.Parse(prefix)), Is.EqualTo(starts));
}
