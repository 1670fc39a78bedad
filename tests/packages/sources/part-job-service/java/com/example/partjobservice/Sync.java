package com.example.partjobservice;

import android.app.job.JobParameters;
import android.app.job.JobService;
import android.telephony.TelephonyManager;

public class Sync extends JobService {
    @Override
    public boolean onStartJob(JobParameters parameters) {
        return ((TelephonyManager) this.getSystemService("phone")).getDeviceId() == null;
    }

    @Override
    public boolean onStopJob(JobParameters parameters) {
        return false;
    }
}
