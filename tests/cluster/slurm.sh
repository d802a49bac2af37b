#!/bin/sh
# SPDX-License-Identifier: MIT
# slurm.sh start|stop FOLDER -- munged, slurmctld and slurmd for this machine as the one node, with all their
# files in FOLDER and ports of their own. Needs root: munge and slurmd want files that are theirs.
set -eu
what=$1 folder=$2

wait_for() {
    tries=0
    until eval "$1" >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ $tries -lt 100 ] || { echo "slurm.sh: $2 does not come up" >&2; return 1; }
        sleep 0.2
    done
}

start() {
    port=$((20000 + $$ % 20000))
    node=$(hostname -s)
    mkdir -p "$folder/state" "$folder/spool"
    chmod 755 "$folder"
    dd if=/dev/urandom bs=1 count=1024 of="$folder/munge.key" 2>/dev/null
    chmod 600 "$folder/munge.key"
    munged --force --key-file="$folder/munge.key" --socket="$folder/munge.socket" \
        --pid-file="$folder/munged.pid" --log-file="$folder/munged.log" --seed-file="$folder/munge.seed" --num-threads=1
    cat >"$folder/slurm.conf" <<END
ClusterName=test
SlurmctldHost=$node(127.0.0.1)
SlurmctldPort=$port
SlurmdPort=$((port + 1))
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/builtin
SchedulerParameters=sched_interval=1
MpiDefault=none
ReturnToService=2
SwitchType=switch/none
MinJobAge=300
NodeName=$node NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=$node Default=YES MaxTime=INFINITE State=UP
END
    export SLURM_CONF="$folder/slurm.conf"
    slurmctld -f "$folder/slurm.conf"
    slurmd -f "$folder/slurm.conf"
    wait_for "sinfo -h -o %t | grep -qE '^(idle|mix|alloc)'" "the node"
}

stop() {
    for name in slurmd slurmctld munged; do
        [ -s "$folder/$name.pid" ] || continue
        pid=$(cat "$folder/$name.pid")
        kill "$pid" 2>/dev/null || true
        wait_for "! kill -0 $pid" "the end of $name" || kill -9 "$pid" 2>/dev/null || true
    done
}

"$what"
