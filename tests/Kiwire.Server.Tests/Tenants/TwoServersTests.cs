using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiwire.Server.Tests.Tenants;

/// <summary>Two servers on one database change the same tenant at once.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class TwoServersTests
{
    private const int Rounds = 25;

    [Test]
    public async Task Of_two_last_administrators_that_two_servers_delete_one_stays()
    {
        await using TenantsRoom room = await TenantsRoom.CreateAsync(StorageProvider.PostgreSql);
        using CommitQueue second = await StartSecondAsync(room);
        AdministratorRegister other = new(room.Administrators, room.Hasher, second, room.Storage.Ids);

        for (int round = 0; round < Rounds; round++)
        {
            string first = (await room.Administrators.ListAsync(TenantsRoom.Tenant, null, 9, default)).Single().Username;
            string added = $"boss{round}";
            Administrator boss = new() { TenantId = TenantsRoom.Tenant, AdministratorId = room.Storage.Ids.Next(), Username = added, Role = AdministratorRole.Administrator };
            await room.Storage.Commits.EnqueueAsync(unit => room.Administrators.InsertAsync(unit, boss, "none"), default);

            SaveOutcome[] outcomes = await Task.WhenAll(
                room.Register.DeleteAsync(TenantsRoom.Tenant, first, 0, default), other.DeleteAsync(TenantsRoom.Tenant, added, 0, default));

            Assert.That(outcomes.Select(outcome => outcome.GetType()), Is.EquivalentTo([typeof(SaveOutcome.Saved), typeof(SaveOutcome.Refused)]));
        }

        await second.StoppedAsync(default);
    }

    [Test]
    public async Task Neither_of_two_changes_is_lost()
    {
        await using TenantsRoom room = await TenantsRoom.CreateAsync(StorageProvider.PostgreSql);
        using CommitQueue second = await StartSecondAsync(room);
        using TenantDirectory directory = new(room.Tenants);
        TenantRegister other = new(room.Tenants, directory, room.Register, [], second, room.Storage.Ids, room.Clock, NullLogger<TenantRegister>.Instance);

        for (int round = 0; round < Rounds; round++)
        {
            string name = $"name {round}";
            int interval = 60 + round;
            await Task.WhenAll(
                room.TenantRegister.UpdateAsync(1, new TenantSettings { Name = name }, 0, default),
                other.UpdateAsync(1, new TenantSettings { Policy = new PolicySettings { InterimIntervalSeconds = interval } }, 0, default));

            Tenant tenant = (await room.Tenants.ListAsync(default)).Single();
            Assert.That((tenant.Name, tenant.Policy.InterimIntervalSeconds), Is.EqualTo((name, interval)));
        }

        await second.StoppedAsync(default);
    }

    private static async Task<CommitQueue> StartSecondAsync(TenantsRoom room)
    {
        CommitQueue queue = new(
            room.Storage.OpenSecond(), room.Storage.Ids, TimeProvider.System, TestJournal.Metrics(), room.Storage.Lifetime, NullLogger<CommitQueue>.Instance);
        await queue.StartingAsync(default);
        return queue;
    }
}
