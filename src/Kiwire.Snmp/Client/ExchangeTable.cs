using System.Numerics;
using System.Security.Cryptography;

namespace Kiwire.Snmp;

/// <summary>
/// The requests under way by their ids: some bits of an id are a place in the table, the others are another number each time that the place
/// is taken. A place rests as long as it can before it is taken again. Adding and removing are for the client's lock; finding is not.
/// </summary>
internal sealed class ExchangeTable
{
    private const int IdBits = 31;

    // Also where only few may be under way, a place rests for as many requests.
    private const int FewestPlaces = 256;

    private readonly Exchange?[] _exchanges;
    private readonly int[] _generations;
    private readonly int[] _free;
    private readonly int _placeBits;
    private int _firstFree;

    public ExchangeTable(int capacity)
    {
        int places = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, FewestPlaces));
        _placeBits = BitOperations.Log2((uint)places);
        _exchanges = new Exchange?[places];
        _generations = new int[places];
        _free = new int[places];
        for (int i = 0; i < places; i++)
        {
            _free[i] = i;
            _generations[i] = RandomNumberGenerator.GetInt32(1 << (IdBits - _placeBits));
        }
    }

    /// <summary>How many requests are under way.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a request; the caller has made sure that there is a place.</summary>
    /// <returns>Its id, from 1.</returns>
    public int Add(Exchange exchange)
    {
        int place = _free[_firstFree];
        _firstFree = (_firstFree + 1) & (_free.Length - 1);
        Count++;

        int generation = (_generations[place] + 1) & ((1 << (IdBits - _placeBits)) - 1);
        _generations[place] = Math.Max(generation, 1);
        Volatile.Write(ref _exchanges[place], exchange);
        return (_generations[place] << _placeBits) | place;
    }

    public void Remove(int id)
    {
        int place = id & (_exchanges.Length - 1);
        _exchanges[place] = null;
        _free[(_firstFree + _free.Length - Count) & (_free.Length - 1)] = place;
        Count--;
    }

    /// <summary>Who has this place; whether it is under this id, is for the exchange to say.</summary>
    public Exchange? Find(int id) => Volatile.Read(ref _exchanges[id & (_exchanges.Length - 1)]);

    public IEnumerable<Exchange> All() => _exchanges.OfType<Exchange>();
}
