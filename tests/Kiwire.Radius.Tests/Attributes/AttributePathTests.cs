using Kiwire.Radius.Attributes;

namespace Kiwire.Radius.Tests.Attributes;

[Parallelizable(ParallelScope.All)]
public sealed class AttributePathTests
{
    // RFC 6929, 2.7 writes the numbers so.
    [Test]
    public void Prints_its_numbers_with_dots()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(AttributePath.Standard(27).ToString(), Is.EqualTo("27"));
            Assert.That(AttributePath.OfVendor(14988, 8).ToString(), Is.EqualTo("26.14988.8"));
            Assert.That(AttributePath.OfVendor(24757, 1).Member(2).Member(3).ToString(), Is.EqualTo("26.24757.1.2.3"));
            Assert.That(AttributePath.Extended(241, 1).ToString(), Is.EqualTo("241.1"));
            Assert.That(AttributePath.ExtendedVendor(245, 11344, 1).Member(2).ToString(), Is.EqualTo("245.26.11344.1.2"));
        }
    }

    [Test]
    public void Is_equal_to_one_that_leads_to_the_same_place()
    {
        AttributePath path = AttributePath.OfVendor(24757, 1).Member(2);
        AttributePath same = new(24757, 1, 1, false, 1, [2]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(same, Is.EqualTo(path));
            Assert.That(same.GetHashCode(), Is.EqualTo(path.GetHashCode()));
            Assert.That(AttributePath.OfVendor(24757, 1).Member(3), Is.Not.EqualTo(path));
            Assert.That(AttributePath.OfVendor(24757, 1), Is.Not.EqualTo(path));
            Assert.That(same with { Continuation = true }, Is.Not.EqualTo(path));
            Assert.That(AttributePath.Standard(1), Is.Not.EqualTo(AttributePath.OfVendor(9, 1)));
        }
    }
}
